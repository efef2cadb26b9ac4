from PySide6.QtCore import QFile
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from fer_desktop.ui.look.glyphs import glyph_files
from fer_desktop.ui.look.memory_files import put_in_memory


def test_the_glyphs_of_a_style_sheet_are_pictures_in_its_colours_sharp_at_two_scales(qapp: QApplication) -> None:  # noqa: ARG001
    files = glyph_files(QColor("#123456"), QColor("#fedcba"))
    assert set(files) == {"check", "dot", "down", "up"}
    for name, file in files.items():
        colour = QColor("#fedcba" if name in ("check", "dot") else "#123456")
        for scale, path in ((1, file), (2, file.replace(".png", "@2x.png"))):
            image = QImage(path)
            assert (image.width(), image.height()) == (16 * scale, 16 * scale), path
            pixels = [image.pixelColor(x, y) for x in range(16 * scale) for y in range(16 * scale)]
            assert max(pixels, key=QColor.alpha).name() == colour.name()


def test_files_in_memory_are_found_by_their_names() -> None:
    folder = put_in_memory("letters", {"b.txt": b"second", "a.txt": b"first"})
    for name, content in (("a.txt", b"first"), ("b.txt", b"second")):
        file = QFile(f"{folder}/{name}")
        assert file.open(QFile.OpenModeFlag.ReadOnly)
        assert file.readAll().data() == content
    assert not QFile.exists(f"{folder}/c.txt")
