"""Settings as older versions of the program wrote them, brought up to date one version at a time."""

from collections.abc import Callable, Mapping
from typing import Any, Final


def _from_1(old: Mapping[str, Any]) -> dict[str, Any]:
    """Clearer names; one field for the detector; and YuNet's scores, which are not CenterFace's."""
    new = dict(old)
    for before, after in (("region", "jurisdiction"), ("setting", "context"), ("head", "output")):
        if before in new:
            new[after] = new.pop(before)
    file = new.pop("yunet_file", "")
    new["detector_file"] = file if new.pop("detector", "") == "yunet" else ""
    if new.get("min_score") == 0.4:  # the default of version 1: nobody chose it
        del new["min_score"]
    return new


def _from_2(old: Mapping[str, Any]) -> dict[str, Any]:
    """The law's consequence is told anew, of recordings and of work too: the answers are to be accepted again.

    Who said "something else" in the EU may have meant work, which had no answer of its own.
    """
    new = {**old, "accepted_use": False}
    if (new.get("jurisdiction"), new.get("context")) == ("eu", "other"):
        new["context"] = ""
    return new


# The n-th makes version n + 1 of version n, counted from 1.
MIGRATIONS: Final[tuple[Callable[[Mapping[str, Any]], dict[str, Any]], ...]] = (_from_1, _from_2)
SCHEMA_VERSION: Final = len(MIGRATIONS) + 1


def up_to_date(found: Mapping[str, Any], version: int) -> dict[str, Any]:
    """The values of a file of that version, 1 or more, under the names of today."""
    values = dict(found)
    for migrate in MIGRATIONS[version - 1 :]:
        values = migrate(values)
    return values
