"""The outline of a stored lesson: from values of 30 s, and no more of them than a small picture can show."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.glance.shown import LEAST_LOW, LEAST_READ, about
from fer_desktop.core.glance.types import Group
from fer_desktop.core.readings.outline import Outline
from fer_desktop.core.types import State
from fer_desktop.sessions.store.sqlite.database import reading
from fer_desktop.sessions.store.sqlite.faults import DamagedStoreError

COLUMNS: Final = 64
STRETCH_S: Final = 30
# Each 30 s of which anything was read. Figures that are withheld are NULL, and the cameras stay.
_SECONDS: Final = f"""SELECT CAST((round(elapsed_s, 2) + {STRETCH_S - 0.001}) / {STRETCH_S} AS INTEGER),
    avg(cameras_on), avg(readable), sum(mean_happy * readable) / sum(iif(mean_happy IS NULL, 0, readable))
    FROM seconds WHERE session = ? AND readable > 0 GROUP BY 1 ORDER BY 1"""
_GLANCES: Final = "SELECT elapsed_s, data FROM events WHERE session = ? AND kind = 'glance'"

_Shares = tuple[float, float]  # smiling, low
_Stretches = dict[int, list[_Shares]]


def outline(path: Path, session_id: int, length_s: float, count: int = COLUMNS) -> Outline:
    """The outline of that lesson, in `count` columns or, where it is shorter, one for each 30 s. Raises StoreError.

    Of the low group as much is told as on the lesson's page and in its report: beside its usual, of ten faces or more,
    from three faces on. A lesson that came from a file knows no usual, and shows smiling alone.
    """
    with reading(path) as connection:
        seconds = connection.execute(_SECONDS, (session_id,)).fetchall()
        glances = connection.execute(_GLANCES, (session_id,)).fetchall()
    try:
        told = _of_glances(glances)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedStoreError(
            "The store of sessions {path} holds what this program did not write ({error}).", path=path, error=error
        ) from error
    if not told:
        told = {stretch: [(smiling, 0.0)] for stretch, _, _, smiling in seconds if smiling is not None}
    smiling, low = _columns(told, length_s, count)
    read = about(median(row[2] for row in seconds)) if seconds else 0
    cameras = about(median(row[1] for row in seconds)) if seconds else 0
    return Outline(read, max(read, cameras), smiling, low)


def _of_glances(rows: Iterable[tuple[float, str]]) -> _Stretches:
    """What each 30 s tell, by their number from 1 on."""
    found: _Stretches = {}
    for elapsed_s, data in rows:
        told = json.loads(data)
        now = {group: float(told["now"][group.value]) for group in Group}
        read = sum(now.values())
        if told["state"] != State.LIVE.value or read <= 0:
            continue
        names_low = told["usual"] is not None and round(read) >= LEAST_READ and about(now[Group.LOW]) >= LEAST_LOW
        shares = now[Group.SMILING] / read, now[Group.LOW] / read if names_low else 0.0
        found.setdefault(max(1, math.ceil(elapsed_s / STRETCH_S)), []).append(shares)
    return found


def _columns(told: _Stretches, length_s: float, most: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """(N,) each: the means over the stretches that lie in a column, NaN where none does."""
    stretches = max(1, math.ceil(length_s / STRETCH_S), *told)
    count = min(most, stretches)
    sums, numbers = np.zeros((count, 2)), np.zeros((count, 1))
    for stretch, shares in told.items():
        place = (stretch - 1) * count // stretches
        sums[place] += np.mean(shares, axis=0)
        numbers[place] += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (sums / numbers).astype(np.float32)
    return means[:, 0], means[:, 1]
