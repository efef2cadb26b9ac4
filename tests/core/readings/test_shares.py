"""The shares of a class, and the interval that holds the truth as often as it says."""

import numpy as np
import pytest

from fer_desktop.core.expressions import FEAR, HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.core.readings.shares import Shares, share_interval, shares_of_class
from fer_desktop.core.types import FloatArray, SharesRule

USUAL = np.array([0.08, 0.01, 0.02, 0.28, 0.13, 0.13, 0.35], np.float32)
RULE = SharesRule(USUAL, weight=8.0, common=0.01, common_unclear=0.5)
NOTHING_SHARED = SharesRule(None, common=0.0, common_unclear=0.0)


def answers(*rows: tuple[int, float]) -> FloatArray:
    """A row for each expression and its probability; the others have the usual shares of the rest."""
    expressions, probabilities = (np.array(column) for column in zip(*rows, strict=True))
    shown = np.eye(N_EXPRESSIONS)[expressions]
    others = USUAL * (1 - shown)
    rest = others / others.sum(axis=1, keepdims=True) * (1 - probabilities[:, None])
    return np.asarray(rest + shown * probabilities[:, None], np.float32)


def yes_or_no(share: float) -> Shares:
    """As sure as can be; `share` of the faces show one expression, the others another."""
    of_faces = np.zeros(N_EXPRESSIONS, np.float32)
    of_faces[HAPPY], of_faces[NEUTRAL] = share, 1 - share
    return Shares(of_faces, np.zeros(N_EXPRESSIONS, np.float32), 0.0)


def test_without_what_is_usual_the_shares_are_means() -> None:
    faces = answers((HAPPY, 0.6), (SAD, 0.9), (NEUTRAL, 0.5))
    assert shares_of_class(faces, SharesRule()).of_faces == pytest.approx(faces.mean(axis=0), abs=1e-6)


def test_small_chances_of_a_class_that_is_all_neutral_do_not_add_up_to_a_share() -> None:
    faces = answers(*[(NEUTRAL, 0.8)] * 25)
    shares = shares_of_class(faces, RULE).of_faces
    assert faces.mean(axis=0)[HAPPY] > 0.08
    assert shares[HAPPY] < 0.03
    assert shares[NEUTRAL] > 0.93
    assert shares.sum() == pytest.approx(1.0, abs=1e-6)


def test_unclear_faces_of_what_is_rare_where_the_network_learnt_count_more_where_others_show_it() -> None:
    faces = answers(*[(FEAR, 0.45)] * 9, *[(NEUTRAL, 0.95)] * 16)
    shares = shares_of_class(faces, RULE).of_faces
    assert shares[FEAR] > faces.mean(axis=0)[FEAR] + 0.08
    assert shares[FEAR] < 9 / 25 + 0.03


def test_one_face_is_hardly_read_anew() -> None:
    (face,) = faces = answers((SAD, 0.45))
    shares = shares_of_class(faces, RULE).of_faces
    assert abs(shares - face).max() < 0.15
    assert shares.argmax() == SAD


def test_a_class_as_mixed_as_usual_stays_as_it_is() -> None:
    faces = np.tile(USUAL, (30, 1))
    assert shares_of_class(faces, RULE).of_faces == pytest.approx(USUAL, abs=1e-4)


def test_answers_of_zero_and_one_are_taken() -> None:
    faces = np.eye(N_EXPRESSIONS, dtype=np.float32)[[HAPPY, HAPPY, NEUTRAL]]
    shares = shares_of_class(faces, SharesRule(np.eye(N_EXPRESSIONS, dtype=np.float32)[HAPPY], 8.0))
    assert np.isfinite(shares.of_faces).all()
    assert shares.of_faces[HAPPY] == pytest.approx(2 / 3, abs=1e-3)


def test_where_few_of_many_were_read_and_nothing_is_misread_the_interval_is_wilsons() -> None:
    # Published example: 5 of 10 gives 0.2366 to 0.7634. The floor makes it a little wider.
    low, high = share_interval(yes_or_no(0.5), 10, 10**9, NOTHING_SHARED)
    assert (low[HAPPY], high[HAPPY]) == (pytest.approx(0.2366, abs=5e-3), pytest.approx(0.7634, abs=5e-3))


def test_it_is_narrow_where_everybody_was_read_and_clearly() -> None:
    (low, high), (low_of_few, high_of_few) = (
        share_interval(yes_or_no(0.4), 20, people, NOTHING_SHARED) for people in (20, 40)
    )
    assert high[HAPPY] - low[HAPPY] < 0.05
    assert high_of_few[HAPPY] - low_of_few[HAPPY] > 0.2


def test_misreadings_that_faces_share_do_not_average_out() -> None:
    clear, unclear = (Shares(yes_or_no(0.3).of_faces, np.full(7, 0.1, np.float32), one) for one in (0.1, 0.4))
    widths = {}
    for name, shares in (("clear", clear), ("unclear", unclear)):
        low, high = share_interval(shares, 10_000, 10_000, RULE)
        widths[name] = high[HAPPY] - low[HAPPY]
    assert widths["clear"] > 0.15
    assert widths["unclear"] > 2 * widths["clear"]


@pytest.mark.parametrize("readable", [1, 5, 49])
def test_the_interval_stays_in_bounds_holds_the_share_and_is_never_of_no_width(readable: int) -> None:
    for share in (0.0, 0.02, 0.5, 1.0):
        shares = yes_or_no(share)
        low, high = share_interval(shares, readable, readable, RULE)
        assert (low >= 0).all()
        assert (high <= 1).all()
        assert (low <= shares.of_faces + 1e-6).all()
        assert (high >= shares.of_faces - 1e-6).all()
        assert (high > low).all()


def test_a_share_of_next_to_nothing_may_be_nothing() -> None:
    shares = Shares(np.array([0.003, 0, 0, 0, 0, 0, 0.997], np.float32), np.full(7, 0.003, np.float32), 0.1)
    assert share_interval(shares, 25, 25, RULE)[0][0] == 0.0


def test_more_faces_narrow_it() -> None:
    widths = []
    for readable in (1, 5, 25):
        low, high = share_interval(yes_or_no(0.3), readable, readable + 5, RULE)
        widths.append(float((high - low).mean()))
    assert widths[0] > widths[1] > widths[2]
