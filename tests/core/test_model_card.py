"""What a sidecar must say, and what a card may tell."""

import json
from typing import Any

import pytest
from support.places import ROOT

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.model_card import CardContent, Sidecar, SplitFigures

SHIPPED = ROOT / "models" / "expression.json"
DESCRIBED = {"classes": list(EXPRESSIONS), "input": {"channels": 1, "value_range": [0, 1]}}


def test_the_shipped_card_is_understood_whole() -> None:
    told = json.loads(SHIPPED.read_text(encoding="utf-8"))
    card = CardContent.model_validate(told)
    assert card.model_extra == {"schema": 1}
    written = card.model_dump(by_alias=True, exclude_unset=True)
    assert written == told


def test_what_a_card_does_not_tell_as_it_should_counts_as_not_told_and_the_rest_stays() -> None:
    figures = {"n": "many", "accuracy": 0.7, "ece": 7, "confusion": [[1]], "by_height": {"24": 3, "48": {"crowd": 0.5}}}
    card = CardContent.model_validate(
        {"parameters": True, "classes": 7, "temperature": [], "input": None, "figures": {"a": figures, "b": 7}}
    )
    assert (card.parameters, card.classes, card.temperature, card.input.channels) == (None, [], {}, None)
    split = card.figures["a"]
    assert (split.n, split.accuracy, split.ece, split.confusion) == (None, 0.7, None, None)
    assert (split.by_height["24"].crowd, split.by_height["48"].crowd) == (None, 0.5)
    assert card.figures["b"] == SplitFigures()
    assert CardContent.model_validate([]) == CardContent()


@pytest.mark.parametrize(
    ("told", "ours"),
    [
        ({}, False),
        ({"recipe": {"network": "compact"}}, True),
        ({"recipe": {"network": "compact"}, "trained_on": "other pictures"}, False),
        ({"trained_on": "FER-2013"}, True),
    ],
)
def test_an_older_card_with_a_recipe_is_of_fer_2013(told: dict[str, Any], ours: bool) -> None:
    assert CardContent.model_validate(told).is_of_fer_2013 is ours


def test_a_sidecar_that_fits_is_read_in_the_networks_own_order() -> None:
    sidecar = Sidecar.model_validate(DESCRIBED | {"classes": sorted(EXPRESSIONS), "outputs": ["crowd", "fer2013"]})
    assert sidecar.classes == tuple(sorted(EXPRESSIONS))
    assert sidecar.outputs == ("crowd", "fer2013")
    assert sidecar.input.value_range == (0.0, 1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": list(EXPRESSIONS[1:])},
        {"classes": None},
        {"input": {"channels": 2}},
        {"input": {"channels": 1, "value_range": [1, 0]}},
        {"input": {"channels": 1, "value_range": [0]}},
        {"input": []},
        {"outputs": None},
    ],
)
def test_a_sidecar_that_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Sidecar"):
        Sidecar.model_validate(DESCRIBED | wrong)
