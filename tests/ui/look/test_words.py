"""Words that several pages share."""

import pytest
from support.gui.pseudo_translation import pseudo_language, untranslated_texts

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.types import Reason
from fer_desktop.ui.look.counts import Counts
from fer_desktop.ui.look.words import expression_word, in_sentences, listed, reason_word

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_expression_and_every_reason_has_a_word_that_is_translated() -> None:
    shown = ["angry", "disgust", "afraid", "smiling", "sad", "surprise", "neutral"]
    assert [expression_word(index) for index in range(N_EXPRESSIONS)] == shown
    assert len(shown) == len(EXPRESSIONS)
    assert reason_word(Reason.NONE) == "unclear"
    with pseudo_language():
        assert untranslated_texts(*map(expression_word, range(N_EXPRESSIONS)), *map(reason_word, Reason)) == []


def test_lists_and_sentences_leave_out_what_is_empty() -> None:
    assert listed(["3 tilted", "", "2 too small"]) == "3 tilted, 2 too small"
    assert in_sentences(["", "Paused", "No figures"]) == "Paused. No figures"
    assert listed([]) == in_sentences([]) == ""


def test_one_is_told_in_the_singular() -> None:
    counts = Counts()
    assert [counts.tiles(1), counts.tiles(2)] == ["1 tile", "2 tiles"]
    assert [counts.cameras_on(1), counts.cameras_on(0)] == ["1 camera on", "0 cameras on"]
    assert [counts.have_left(1), counts.have_left(2)] == ["1 has left", "2 have left"]
    assert counts.readable_of(1, 1) == "1 of 1 camera is read"
