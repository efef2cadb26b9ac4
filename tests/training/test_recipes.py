import pytest

from fer_desktop.core.errors import TrainingError
from fer_desktop.training.recipes import RECIPES, Recipe, with_changes, with_current_names


def test_a_field_that_is_set_keeps_its_type() -> None:
    changes = ["class_weight_power=0", "side_px=64", "subset=distinct", "cutmix=1"]
    recipe = with_changes(RECIPES["mobilenet"], changes)
    assert (recipe.class_weight_power, recipe.side_px, recipe.subset, recipe.cutmix) == (0.0, 64, "distinct", 1.0)
    assert type(recipe.class_weight_power) is float
    assert recipe.weight_decay == RECIPES["mobilenet"].weight_decay


@pytest.mark.parametrize("change", ["flavour=1", "network=compact", "teacher_hashes=x", "taught_by=x"])
def test_an_unknown_field_is_reported_with_those_that_there_are(change: str) -> None:
    with pytest.raises(TrainingError, match=r"no field .*choose one of .*class_weight_power"):
        with_changes(RECIPES["compact"], [change])


@pytest.mark.parametrize(("former", "current"), [("rarity", "class_weight_power"), ("rows", "subset")])
def test_a_former_name_is_reported_with_the_current_one(former: str, current: str) -> None:
    with pytest.raises(TrainingError, match=f"'{former}' is now called '{current}'"):
        with_changes(RECIPES["compact"], [f"{former}=1"])


@pytest.mark.parametrize(
    "change",
    [
        *("class_weight_power", "class_weight_power=much", "side_px=48.5", "subset=", "mixup=nan"),
        *("erasing_probability=-1", "erasing_probability=2", "side_px=8", "cutmix=1.5"),
    ],
)
def test_an_invalid_value_is_reported_with_an_example(change: str) -> None:
    with pytest.raises(TrainingError, match=f"{change}.*is not valid.*="):
        with_changes(RECIPES["compact"], [change])


def test_a_run_with_all_epochs_frozen_is_refused() -> None:
    with pytest.raises(TrainingError, match=r"3 of 2 epochs are frozen.*--epochs"):
        with_changes(RECIPES["mobilenet"], ["epochs=2", "frozen_epochs=3"])


def test_recipes_of_before_are_read_under_the_current_names() -> None:
    before = {
        "network": "mobilenet", "epochs": 62, "frozen_epochs": 0, "batch": 128, "learning_rate": 0.001,
        "weight_decay": 0.02, "label_smoothing": 0.1, "rarity": 0.25, "rows": "faces", "side_px": 80, "excitation": 0,
        "degraded": 0.35, "erased": 0.33, "mixup": 0.3, "cutmix": 0.0, "averaging": 0.0, "voters": 0.0, "seed": 3,
        "kept": 0.0, "started_from": "50", "teaching": 0.5, "taught_by": ["50"],
    }  # fmt: skip
    recipe = Recipe(**with_current_names(before))
    assert (recipe.class_weight_power, recipe.distillation_weight, recipe.subset) == (0.25, 0.5, "faces")
