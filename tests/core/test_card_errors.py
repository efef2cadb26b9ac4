"""How often a network errs, read out of cards: the shipped one, and those that tell less."""

import json

import pytest
from support.places import ROOT

from fer_desktop.core.card_errors import CardErrors, Shown, errors_of
from fer_desktop.core.model_card import CardContent

SHIPPED = CardContent.model_validate(json.loads((ROOT / "models" / "expression.json").read_text(encoding="utf-8")))


def test_the_shipped_card_tells_how_often_it_errs_by_what_is_shown_and_by_size() -> None:
    errors = errors_of(SHIPPED, "crowd")
    on_labels = SHIPPED.figures["private_test"].crowd_on_labels
    assert errors.right == on_labels.accuracy
    assert errors.wrong == pytest.approx(1 - 0.6183)
    assert next(iter(errors.by_shown)) is Shown.SMILING
    assert list(errors.by_shown)[-1] is Shown.LOW
    assert on_labels.confusion is not None
    happy = on_labels.confusion[3]
    assert errors.by_shown[Shown.SMILING] == pytest.approx(happy[3] / sum(happy))
    # A sad face that is read as afraid is no error of the group.
    assert errors.by_shown[Shown.LOW] == pytest.approx(795 / (491 + 55 + 528 + 594))
    assert list(errors.by_height_px) == [16, 24, 32, 48]
    assert errors.by_height_px[16] < errors.by_height_px[48]
    assert errors.height_by_people
    assert errors.wrong_by_shown[Shown.LOW] == pytest.approx(1 - errors.by_shown[Shown.LOW])
    assert list(errors.more_wrong_by_height) == [16, 24, 32]
    assert errors.more_wrong_by_height[16] == pytest.approx(0.8669 - 0.7979)


def test_the_output_of_the_labels_has_figures_of_its_own() -> None:
    errors = errors_of(SHIPPED, "fer2013")
    assert errors.right == SHIPPED.figures["private_test"].accuracy
    assert errors.by_height_px[48] == pytest.approx(0.7242)
    assert not errors.height_by_people


def test_what_a_card_does_not_tell_is_not_told() -> None:
    assert errors_of(CardContent(), "") == CardErrors()
    assert CardErrors().wrong is None
    heights = {"figures": {"mine": {"by_height": {"24": {"crowd": 0.5}, "tall": {"crowd": 0.6}, "48": {}}}}}
    assert errors_of(CardContent.model_validate(heights), "").by_height_px == {24: 0.5}
    assert errors_of(CardContent.model_validate(heights), "").more_wrong_by_height == {}
    labels = {"figures": {"mine": {"accuracy": 0.7}}}
    errors = errors_of(CardContent.model_validate(labels), "")
    assert (errors.right, errors.by_shown, errors.by_height_px) == (0.7, {}, {})
