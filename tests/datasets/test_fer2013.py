from pathlib import Path

import numpy as np
import pytest
from support.inputs.small_data import small_data
from support.places import SHARED

from fer_desktop.core.errors import TrainingError
from fer_desktop.datasets.fer2013 import Split, load_split, select_subset

FER_2013 = SHARED / "fer2013"


def votes(*rows: list[int]) -> Split:
    count = len(rows)
    images = np.random.default_rng(0).integers(0, 255, (count, 48, 48), dtype=np.uint8)
    return Split(images, np.zeros(count, np.int64), np.array(rows), np.zeros(count, np.bool_))


@pytest.mark.needs_data("fer2013")
def test_the_splits_have_the_sizes_and_the_agreement_that_are_known_of_them() -> None:
    private = load_split(FER_2013, "private_test")
    assert private.images.shape == (3589, 48, 48)
    assert private.identical.sum() == 288
    voted = private.plurality >= 0
    assert voted.sum() == 3350
    assert (private.plurality[voted] == private.labels[voted]).mean() == pytest.approx(0.66, abs=0.02)


def test_the_crowd_is_the_share_of_the_seven_and_its_weight_what_is_left() -> None:
    split = votes([5, 0, 0, 3, 0, 0, 0, 2, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 4, 6])
    assert split.crowd[0] == pytest.approx([5 / 8, 0, 0, 3 / 8, 0, 0, 0])
    assert split.crowd_weight == pytest.approx([0.8, 0.0])
    assert np.isfinite(split.crowd).all()


def test_ties_and_other_winners_have_no_plurality() -> None:
    split = votes([5, 0, 0, 5, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 8, 0, 0], [0, 0, 0, 6, 0, 0, 4, 0, 0, 0])
    assert split.plurality.tolist() == [-1, -1, 3]


def test_black_pictures_and_what_is_no_face_are_left_out() -> None:
    split = votes([9, 0, 0, 0, 0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 9], [9, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    split.images[2] = 0
    assert len(select_subset(split)) == 1
    assert len(select_subset(split, "all")) == 3


def test_of_copies_one_is_kept_and_none_where_their_labels_differ() -> None:
    split = votes(*([9, 0, 0, 0, 0, 0, 0, 0, 0, 1] for _ in range(6)))
    split.images[3] = split.images[1]
    split.images[4] = split.images[5]
    split.labels[4] = 2
    kept = select_subset(split, "distinct")
    assert np.array_equal(kept.images, split.images[:3])
    with pytest.raises(TrainingError, match=r"no subset .some.*distinct"):
        select_subset(split, "some")


def test_cells_come_row_by_row(tmp_path: Path) -> None:
    split = load_split(small_data(tmp_path), "training")
    assert split.labels.tolist() == [cell % 7 for cell in range(96)]
    means = split.images.reshape(96, -1).mean(axis=1)
    assert np.corrcoef(means, split.labels)[0, 1] > 0.99


@pytest.mark.parametrize("missing", ["training.png", "labels.csv"])
def test_a_partial_folder_is_one_sentence(tmp_path: Path, missing: str) -> None:
    small_data(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(TrainingError, match="--data"):
        load_split(tmp_path, "training")


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    small_data(tmp_path)
    (tmp_path / "training.png").write_text("no picture")
    with pytest.raises(TrainingError, match="one copy"):
        load_split(tmp_path, "training")
