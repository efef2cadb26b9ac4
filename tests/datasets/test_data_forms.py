import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import PIL.Image
import pytest
from support.inputs.small_data import as_folders, small_csv, small_data, small_folders

from fer_desktop.core.errors import TrainingError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.datasets.class_folders import class_files, pictures_of
from fer_desktop.datasets.fer2013 import SPLITS, Split, load_split, load_training_data
from fer_desktop.datasets.picture_files import read_picture
from fer_desktop.datasets.split import skipped_sentence

ICML_HEADER = "emotion, Usage, pixels"


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "sheets"
    folder.mkdir()
    return small_data(folder)


def faces(split: Split) -> set[tuple[int, bytes]]:
    return {(int(label), image.tobytes()) for label, image in zip(split.labels, split.images, strict=True)}


def test_folders_hold_the_same_faces_as_the_sheets(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    for name in ("training", "public_test"):
        split = load_split(folders, name)
        assert faces(split) == faces(load_split(sheets, name))
        assert split.labels.tolist() == sorted(split.labels.tolist())


@pytest.mark.parametrize(
    ("name", "header", "given"),
    [
        ("fer2013.csv", "emotion,pixels,Usage", "fer2013.csv"),
        ("fer2013.csv", "emotion,pixels,Usage", "."),
        ("icml_face_data.csv", ICML_HEADER, "."),
    ],
)
def test_kaggles_file_holds_the_same_faces_as_the_sheets(
    tmp_path: Path, sheets: Path, name: str, header: str, given: str
) -> None:
    small_csv(sheets, tmp_path / name, header)
    for split in SPLITS:
        assert np.array_equal(load_split(tmp_path / given, split).images, load_split(sheets, split).images)
        assert np.array_equal(load_split(tmp_path / given, split).labels, load_split(sheets, split).labels)


def test_only_the_sheets_have_votes(tmp_path: Path, sheets: Path) -> None:
    assert load_split(sheets, "training").has_votes
    split = load_split(small_csv(sheets, tmp_path / "fer2013.csv"), "training")
    assert not split.has_votes
    assert split.votes.shape == (96, 10)
    assert (split.plurality == -1).all()


@pytest.mark.parametrize("form", ["folders", "csv"])
def test_pictures_known_from_training_are_found_by_their_pixels(tmp_path: Path, sheets: Path, form: str) -> None:
    known = load_split(sheets, "training").images[3]
    if form == "folders":
        data = small_folders(sheets, tmp_path / "folders")
        cv2.imwrite(str(data / "test" / "sad" / "copy.png"), known)
    else:
        data = small_csv(sheets, tmp_path / "fer2013.csv")
        with data.open("a") as handle:
            handle.write(f"4,{' '.join(map(str, known.ravel()))},PublicTest\n")
    public = load_split(data, "public_test")
    assert np.array_equal(public.images[public.identical], known[None])
    assert not load_split(data, "training").identical.any()


def test_beside_a_validation_folder_test_is_the_private_one(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    (folders / "test").rename(folders / "Validation")
    as_folders(load_split(sheets, "private_test"), folders / "test")
    assert faces(load_split(folders, "public_test")) == faces(load_split(sheets, "public_test"))
    assert faces(load_split(folders, "private_test")) == faces(load_split(sheets, "private_test"))


def test_the_private_test_of_kaggles_folders_is_told_to_be_missing(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    with pytest.raises(TrainingError, match="no private test"):
        load_split(folders, "private_test")


def test_classes_go_by_their_usual_names(tmp_path: Path, sheets: Path) -> None:
    names = ("Anger", "disgusted", "FEARFUL", "Happiness", "sadness", "Surprised", "neutral")
    folder = as_folders(load_split(sheets, "public_test"), tmp_path / "faces")
    for ours, theirs in zip(EXPRESSIONS, names, strict=True):
        (folder / ours).rename(folder / theirs)
    (folder / "anger").mkdir(exist_ok=True)  # by another hand
    (folder / ".cache").mkdir()
    (folder / "happiness.txt").write_text("notes")
    assert sorted({label for _, label in class_files(folder)}) == list(range(7))
    assert {EXPRESSIONS[label] for file, label in class_files(folder) if "Happiness" in file.parts} == {"happy"}


def test_a_folder_of_no_class_is_named_with_the_seven(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    (folders / "train" / "contempt").mkdir()
    with pytest.raises(TrainingError, match=r"contempt is named after no expression.*angry, disgust, fear, happy"):
        load_split(folders, "training")


def test_a_training_split_without_a_class_is_one_sentence_and_an_outside_set_without_is_fine(
    tmp_path: Path, sheets: Path
) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    for file in (folders / "train" / "disgust").iterdir():
        file.unlink()
    with pytest.raises(TrainingError, match="no picture of disgust"):
        load_training_data(folders)
    assert 1 not in {label for _, label in class_files(folders / "train")}


@pytest.mark.parametrize("missing", ["train", "test"])
def test_folders_without_one_of_the_two_are_one_sentence(tmp_path: Path, sheets: Path, missing: str) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    (folders / missing).rename(tmp_path / "elsewhere")
    with pytest.raises(TrainingError, match=f"{missing} is missing"):
        load_training_data(folders)


def test_damaged_pictures_are_left_out_and_named(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    (folders / "train" / "happy" / "torn.png").write_bytes(
        (folders / "train" / "happy" / "00003.png").read_bytes()[:90]
    )
    (folders / "train" / "sad" / "empty.jpg").touch()
    split = load_split(folders, "training")
    assert len(split) == 96
    assert split.skipped == ("train/happy/torn.png", "train/sad/empty.jpg")


def test_only_damaged_pictures_are_one_sentence(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    for file in (folders / "test").rglob("*.png"):
        file.write_bytes(b"no picture")
    with pytest.raises(TrainingError, match="Not one picture"):
        load_split(folders, "public_test")


def test_damaged_lines_are_left_out_and_named(tmp_path: Path, sheets: Path) -> None:
    data = small_csv(sheets, tmp_path / "fer2013.csv")
    lines = data.read_text().splitlines()
    lines[1] = lines[1][:300]  # torn off
    lines[2] = lines[2].replace(" ", " 999 ", 1)
    lines[3] = "9" + lines[3][1:]
    lines[4] = lines[4].replace("Training", "Elsewhere")
    lines[5] = lines[5].replace(" ", " \x00x ", 1)
    lines[97] = "3,,PublicTest"
    lines.insert(6, "")
    data.write_text("\n".join(lines))
    found = load_training_data(data)
    assert len(found.training) == 91
    assert found.training.skipped == ("line 2", "line 3", "line 4", "line 5", "line 6")
    assert found.public_test.skipped == ("line 99",)
    assert found.skipped == (*found.training.skipped, "line 99")


def test_what_was_left_out_is_counted_and_the_first_few_are_named() -> None:
    assert skipped_sentence(["a.png"]).endswith("1 of the pictures (a.png).")
    assert skipped_sentence([f"{number}.png" for number in range(1200)]).endswith(
        "(0.png, 1.png, 2.png and 1,197 more)."
    )


@pytest.mark.parametrize("content", ["", "name,score\nme,3\n", "emotion,pixels,Usage\n"])
def test_a_csv_of_something_else_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "fer2013.csv").write_text(content)
    with pytest.raises(TrainingError, match=r"fer2013\.csv"):
        load_training_data(tmp_path)


@pytest.mark.parametrize(("label", "match"), [("7", "does not list"), ("happy", "does not list"), (None, "does not")])
def test_a_list_of_something_else_is_one_sentence(sheets: Path, label: str | None, match: str) -> None:
    lines = (sheets / "labels.csv").read_text().splitlines()
    cells = lines[1].split(",")
    lines[1] = ",".join([*cells[:3], *([label] if label else []), *cells[4:]])
    (sheets / "labels.csv").write_text("\n".join(lines))
    with pytest.raises(TrainingError, match=match):
        load_split(sheets, "training")


def test_no_data_is_told_before_tensorflow_is_loaded(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from fer_desktop.app.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print(*({'tensorflow', 'keras'} & sys.modules.keys()))\n"
    )
    (tmp_path / "letters").mkdir()
    for data in (tmp_path / "nowhere", tmp_path / "letters"):
        command = [sys.executable, "-c", program, "train", "--data", str(data), "--out", str(tmp_path / "run")]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 1
        assert ended.stdout.strip() == ""
        assert len(ended.stderr.splitlines()) == 1
        assert "--data" in ended.stderr
    assert not (tmp_path / "run").exists()


def saved(file: Path, picture: PIL.Image.Image, orientation: int = 1) -> Path:
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    picture.save(file, exif=exif)
    return file


def test_pictures_come_upright_in_bgr_and_in_eight_bits(tmp_path: Path) -> None:
    colours: npt.NDArray[np.uint8] = np.zeros((20, 10, 3), np.uint8)
    colours[:10] = (250, 10, 30)
    read = read_picture(saved(tmp_path / "turned.png", PIL.Image.fromarray(colours), orientation=3))
    assert read.shape == (20, 10, 3)
    assert read[15, 5].tolist() == [30, 10, 250]
    deep = np.full((8, 8), 65535, np.uint16)
    deep[:, 4:] = 257 * 100
    assert read_picture(saved(tmp_path / "deep.png", PIL.Image.fromarray(deep)))[0, ::4, 0].tolist() == [255, 100]


def test_a_picture_that_is_no_square_is_seen_whole(tmp_path: Path, sheets: Path) -> None:
    folders = small_folders(sheets, tmp_path / "folders")
    wide: npt.NDArray[np.uint8] = np.zeros((40, 80), np.uint8)
    wide[:, 40:] = 200
    cv2.imwrite(str(folders / "train" / "angry" / "0.png"), wide)
    image = load_split(folders, "training").images[0]
    assert (image[:, :20] == 0).all()
    assert (image[:, 28:] == 200).all()


def test_what_cannot_be_read_is_given_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "happy").mkdir()
    (tmp_path / "happy" / "a.png").write_bytes(b"no picture")
    assert [(file.name, label, picture) for file, label, picture in pictures_of(tmp_path)] == [("a.png", 3, None)]
    with pytest.raises(TrainingError, match="no pictures"):
        class_files(tmp_path / "happy")
