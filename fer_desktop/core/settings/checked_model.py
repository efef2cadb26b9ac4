"""Values that cannot be made wrong: what is out of bounds is refused in one sentence."""

import os
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, field_validator, model_validator

from fer_desktop.core.errors import SettingsError
from fer_desktop.core.settings.setting import described


class CheckedModel(BaseModel):
    """Fields that each have a description. Raises SettingsError for a value out of bounds."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _is_text_that_can_be_written(cls, value: Any) -> Any:
        """Refuses what no path can have in it: a zero, half a character."""
        if isinstance(value, str):
            os.fsencode(value)
            if "\0" in value:
                raise ValueError("a zero in a text")
        return value

    @model_validator(mode="wrap")
    @classmethod
    def _in_one_sentence(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Says what is wrong in the program's own words. A name that no setting has is a bug, and a TypeError."""
        try:
            return handler(values)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            if name not in cls.model_fields:
                raise TypeError(f"There is no setting named {name}") from error
            setting = described(name, cls.model_fields[name])
            raise SettingsError(setting.refusal(first["input"])) from error
