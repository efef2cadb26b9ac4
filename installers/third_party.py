"""THIRD_PARTY.md: whose work is inside the bundle, and under which licence."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_LICENCES: Final = Path(__file__).with_name("licences")
_LICENCE_NAMES: Final = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
_LONGEST: Final = 80  # characters of a licence's name; some packages put its whole text there
_BUILDS: Final = ("pyinstaller", "altgraph", "pyinstaller-hooks-contrib")  # they make the bundle and are not in it
# What wheels bring along without metadata of its own.
_INSIDE: Final = {
    "PySide6_Essentials": "Qt 6, LGPL-3.0-only, https://code.qt.io; its libraries can be replaced",
    "opencv-python": "FFmpeg, LGPL-2.1-or-later, https://ffmpeg.org; OpenBLAS, BSD-3-Clause",
    "numpy": "OpenBLAS, BSD-3-Clause",
    "QtAwesome": "Material Design Icons, Apache-2.0, https://pictogrammers.com; Font Awesome, OFL-1.1",
}
_TEXTS: Final = ("LGPL-3.0", "GPL-3.0", "LGPL-2.1")  # which wheels name and do not hold; the first adds to the second
_OF_THE_SYSTEM: Final = (
    "Libraries of the system that built the package lie beside them (GLib, LGPL-2.1-or-later; D-Bus, AFL-2.1; X11, MIT;"
    " and such), each a file of its own under the licence of that system's package."
)
_WEIGHTS: Final = """\
## What the networks and the demo's faces were learnt from

- **models/expression.tflite** is ours (MIT). It was trained on FER-2013 (Goodfellow et al. 2013) with the votes of FER+
  (Barsoum et al. 2016). The pictures of FER-2013 were gathered from the web and come without a licence; the data were
  published for research. None of them is in this program. Whether weights that were learnt from such pictures may be
  used beyond research differs from country to country, and nobody has given a licence that settles it: ask before a
  commercial use. [models/expression.md](models/expression.md) has the recipe and the figures.
- **The faces of the demo class** (resources/demo_faces) are nobody's: each is laid together from five pictures of
  FER-2013's training split and put on a drawn head. What was said of FER-2013 holds for them too.
- **models/face_detector.onnx** is YuNet, © Shiqi Yu, MIT; its licence is below.
"""


@dataclass(frozen=True, slots=True)
class Component:
    """A distribution of which something is in the bundle."""

    name: str
    version: str
    licence: str  # as it says itself
    homepage: str
    texts: tuple[str, ...]  # of its licences, whole


def components(modules: Iterable[str]) -> list[Component]:
    """What those top-level modules belong to, by name. A module of nobody's, as of Python itself, is left out."""
    owners = packages_distributions()
    names = {owner for module in modules for owner in owners.get(module, ())} - {"fer-desktop", *_BUILDS}
    return sorted((_component(distribution(name)) for name in names), key=lambda one: one.name.lower())


def page(found: Iterable[Component], version: str) -> str:
    """The page, as Markdown."""
    found = list(found)
    rows = [f"| {one.name} | {one.version} | {one.licence} | {_INSIDE.get(one.name, '')} |" for one in found]
    detector = (ROOT / "models" / "face_detector.LICENSE").read_text(encoding="utf-8")
    parts = [
        f"# Whose work is in FER Desktop {version}",
        "FER Desktop itself is under the MIT licence (LICENSE). It stands on what follows; the licences are below.",
        "| component | version | licence | with it |\n| --- | --- | --- | --- |\n"
        + "\n".join(
            [f"| Python | {sys.version.split()[0]} | PSF-2.0 | OpenSSL, Apache-2.0; SQLite, public domain |", *rows]
        ),
        _OF_THE_SYSTEM,
        _WEIGHTS.strip(),
        "## Licences",
        "\n\n".join(
            f"### {one.name}\n\n"
            + (
                "\n\n".join(_block(text) for text in one.texts)
                or f"{one.licence}; its text is at {one.homepage or 'its home page'}."
            )
            for one in found
        ),
        f"### YuNet\n\n{_block(detector)}",
        f"### Python\n\n{_block(_python_licence())}",
        *(f"### {name}\n\n{_block((_LICENCES / f'{name}.txt').read_text(encoding='utf-8'))}" for name in _TEXTS),
    ]
    return "\n\n".join(parts) + "\n"


def software_bill(found: Iterable[Component], version: str) -> str:
    """The same as an SBOM: CycloneDX 1.6, JSON. Without a time, so that it is the same for the same bundle."""
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": {"type": "application", "name": "fer-desktop", "version": version}},
            "components": [
                {
                    "type": "library",
                    "name": one.name,
                    "version": one.version,
                    "purl": f"pkg:pypi/{one.name.lower()}@{one.version}",
                    "licenses": [{"license": {"name": one.licence}}],
                }
                for one in found
            ],
        },
        indent=2,
    )


def _component(found: Distribution) -> Component:
    said = found.metadata.json  # which has each field once, in small letters
    classified = [line.rpartition(" :: ")[2] for line in said.get("classifier", ()) if line.startswith("License ::")]
    stated = str(said.get("license_expression") or said.get("license") or "").strip().split("\n")[0]
    licence = (stated if 0 < len(stated) < _LONGEST else "") or ", ".join(classified) or "see below"
    links = dict(line.split(", ", 1) for line in said.get("project_url", ()) if ", " in line)
    homepage = str(said.get("home_page") or links.get("Homepage") or links.get("Source") or "")
    return Component(str(said["name"]), found.version, licence, homepage, tuple(_texts(found)))


def _texts(found: Distribution) -> Iterable[str]:
    for file in found.files or ():
        inside = ".dist-info" in file.parts[0]
        if inside and file.name.upper().startswith(_LICENCE_NAMES):
            yield Path(file.locate()).read_text(encoding="utf-8", errors="replace")


def _python_licence() -> str:
    for folder in (
        Path(sys.base_prefix),
        Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}"),
    ):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                return (folder / name).read_text(encoding="utf-8", errors="replace")
    return f"Python {sys.version.split()[0]}, © Python Software Foundation: https://docs.python.org/3/license.html"


def _block(text: str) -> str:
    """The text as it stands; fences of its own do not end it."""
    return f"~~~~text\n{text.strip()}\n~~~~"
