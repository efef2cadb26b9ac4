"""Every setting with its description, in the order of the model."""

from functools import cache

from fer_desktop.core.settings.model import Settings
from fer_desktop.core.settings.setting import Setting, described


@cache
def all_settings() -> tuple[Setting, ...]:
    """Every setting in the order of the model."""
    return tuple(described(name, field) for name, field in Settings.model_fields.items())


def setting_named(name: str) -> Setting:
    """The setting of that name. Raises TypeError where there is none."""
    for setting in all_settings():
        if setting.name == name:
            return setting
    raise TypeError(f"There is no setting named {name}")
