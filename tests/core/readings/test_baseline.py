import numpy as np
import numpy.typing as npt
import pytest

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.readings.baseline import MIN_SEATS, WARM_UP_S, Baseline

SAD, NEUTRAL, HAPPY = (EXPRESSIONS.index(name) for name in ("sad", "neutral", "happy"))
Row = npt.NDArray[np.float32]


def row(**shares: float) -> Row:
    """Probabilities of the named expressions; the others share the rest."""
    rest = (1 - sum(shares.values())) / (7 - len(shares))
    return np.array([shares.get(name, rest) for name in EXPRESSIONS], np.float32)


CALM, SAD_BY_BUILD = row(neutral=0.8), row(sad=0.55, neutral=0.35)
CLASS = [1, 2, 3, 4, 5, 6]


def watched(baseline: Baseline, rows: list[Row], until_s: float, since_s: float = 0.0) -> npt.NDArray[np.float32]:
    """What comes back at `until_s` when the class looked like `rows` four times a second."""
    for now_s in np.arange(since_s, until_s, 0.25):
        baseline.adjust(CLASS, np.stack(rows), float(now_s))
    return baseline.adjust(CLASS, np.stack(rows), until_s)


def test_a_face_that_always_looks_sad_counts_as_sad_no_more() -> None:
    rows = [SAD_BY_BUILD, *[CALM] * 5]
    after = watched(Baseline(), rows, WARM_UP_S + 1)
    assert rows[0].argmax() == SAD
    assert after[0].argmax() == NEUTRAL
    assert after.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (after[1:].argmax(axis=1) == NEUTRAL).all()


def test_nothing_is_taken_off_in_the_first_minute() -> None:
    rows = [SAD_BY_BUILD, *[CALM] * 5]
    assert np.array_equal(watched(Baseline(), rows, WARM_UP_S - 1), np.stack(rows))


def test_a_whole_class_that_looks_sad_is_not_taken_for_its_usual_look() -> None:
    rows = [SAD_BY_BUILD] * 6
    assert watched(Baseline(), rows, WARM_UP_S + 30) == pytest.approx(np.stack(rows), abs=1e-4)


def test_the_sad_face_still_shows_its_smile() -> None:
    baseline = Baseline()
    watched(baseline, [SAD_BY_BUILD, *[CALM] * 5], WARM_UP_S + 1)
    smiling = baseline.adjust(CLASS, np.stack([row(happy=0.9), *[CALM] * 5]), WARM_UP_S + 1.25)
    assert smiling[0].argmax() == HAPPY
    assert smiling[0, HAPPY] > 0.85


def test_fewer_than_a_class_is_compared_with_nobody() -> None:
    baseline, seats = Baseline(), list(range(MIN_SEATS - 1))
    rows = np.stack([SAD_BY_BUILD, *[CALM] * (MIN_SEATS - 2)])
    for now_s in np.arange(0.0, WARM_UP_S + 5, 0.25):
        after = baseline.adjust(seats, rows, float(now_s))
    assert np.array_equal(after, rows)


def test_a_long_absence_counts_for_no_more_than_a_second() -> None:
    baseline, rows = Baseline(), np.stack([SAD_BY_BUILD, *[CALM] * 5])
    baseline.adjust(CLASS, rows, 0.0)
    assert np.array_equal(baseline.adjust(CLASS, rows, 3600.0), rows)


def test_seats_that_left_are_forgotten() -> None:
    baseline, rows = Baseline(), [SAD_BY_BUILD, *[CALM] * 5]
    watched(baseline, rows, WARM_UP_S + 1)
    baseline.forget_before(WARM_UP_S + 2)
    assert np.array_equal(baseline.adjust(CLASS, np.stack(rows), WARM_UP_S + 3), np.stack(rows))
