import pytest

from fer_desktop.core.errors import TrainingError
from fer_desktop.training.recipes import RECIPES, changed


def test_what_is_set_is_of_the_type_that_it_had() -> None:
    recipe = changed(RECIPES["mobilenet"], ["rarity=0", "side_px=64", "rows=distinct", "cutmix=1"])
    assert (recipe.rarity, recipe.side_px, recipe.rows, recipe.cutmix) == (0.0, 64, "distinct", 1.0)
    assert type(recipe.rarity) is float
    assert recipe.weight_decay == RECIPES["mobilenet"].weight_decay


@pytest.mark.parametrize("change", ["flavour=1", "network=compact", "taught_by=x", "rarity"])
def test_what_a_recipe_does_not_have_is_told_with_what_it_has(change: str) -> None:
    with pytest.raises(TrainingError, match=r"rarity"):
        changed(RECIPES["compact"], [change])


@pytest.mark.parametrize(
    "change", ["rarity=much", "side_px=48.5", "rows=", "mixup=nan", "erased=-1", "erased=2", "side_px=8"]
)
def test_what_does_not_fit_is_told_with_an_example(change: str) -> None:
    with pytest.raises(TrainingError, match=f"{change}.*sets nothing that fits.*="):
        changed(RECIPES["compact"], [change])


def test_a_run_that_is_frozen_to_its_end_is_refused() -> None:
    with pytest.raises(TrainingError, match=r"2 epochs 3 are frozen.*--epochs"):
        changed(RECIPES["mobilenet"], ["epochs=2", "frozen_epochs=3"])
