"""A glance as the JSON that the store keeps of it, and back: counts of a class alone."""

import json
from dataclasses import asdict
from typing import Final

from pydantic import TypeAdapter, ValidationError

from fer_desktop.core.glance.types import Glance

_GLANCE: Final = TypeAdapter(Glance)


def glance_data(glance: Glance) -> str:
    """Its JSON, less its time, which has a column of its own."""
    data = asdict(glance)
    del data["elapsed_s"]
    return json.dumps(data)


def glance_of(elapsed_s: float, data: dict[str, object]) -> Glance:
    """The glance that was stored so. Raises ValueError where it was none."""
    try:
        return _GLANCE.validate_python({"elapsed_s": elapsed_s, **data})
    except ValidationError as error:
        raise ValueError(f"no glance: {error.error_count()} values are wrong") from error
