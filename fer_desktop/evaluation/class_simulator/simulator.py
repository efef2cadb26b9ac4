"""Many simulated classes side by side, a second at a time: what each person shows, and what is read of it.

What each person shows changes by itself, by a mix of their own. What is read of it is a confusion of their own that
stays for minutes: what was misread once is misread again. A reading is held for some seconds. Faces turn away or leave
the picture, cameras go off and on. Scripted changes make some people show one expression for a while.
Arrays are (L, S, ...): lessons and their people.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.types import FloatArray
from fer_desktop.evaluation.class_simulator.errors import Misreading

# A class that mostly listens: angry, disgust, fear, happy, sad, surprise, neutral.
_MIX: Final = np.array([0.03, 0.01, 0.02, 0.15, 0.07, 0.04, 0.68])
_ALIKE: Final = 2.0  # how much people's mixes resemble that one (Dirichlet)
_LASTS_S: Final = np.array([15.0, 5.0, 8.0, 8.0, 25.0, 3.0, 40.0])  # mean, of each expression
_CONFUSION_S: Final = 300.0  # mean time for which a person's misreadings stay
_OWN: Final = 0.8  # share of readings that are the person's own; the rest is drawn anew
_HELD_S: Final = 4.0  # mean time for which a reading is held
_LEAST_SAID: Final = 0.3
_STARTS_WITHIN_S: Final = 5.0  # mean delay with which each person follows a scripted change


@dataclass(frozen=True, slots=True)
class _Switch:
    """Something that comes over a person and goes, each after a mean time."""

    comes_s: float
    goes_s: float

    @property
    def share(self) -> float:
        return self.goes_s / (self.comes_s + self.goes_s)


_TURNED: Final = _Switch(150.0, 8.0)
_OUT_OF_VIEW: Final = _Switch(900.0, 20.0)
_CAMERA_OFF: Final = _Switch(3600.0, 120.0)


@dataclass(frozen=True, slots=True)
class Change:
    """Some people of each lesson show one expression from `at_s` on, until `until_s`."""

    at_s: float
    until_s: float
    people: int
    expression: int  # index into EXPRESSIONS


@dataclass(frozen=True, slots=True, eq=False)
class Second:
    """All lessons in one second."""

    at_s: float
    shown: npt.NDArray[np.int64]  # (L, S) index into EXPRESSIONS: the truth
    camera_on: npt.NDArray[np.bool_]  # (L, S)
    in_view: npt.NDArray[np.bool_]  # (L, S) a face is in the camera's picture
    turned: npt.NDArray[np.bool_]  # (L, S) it is turned too far to be read
    probabilities: FloatArray  # (L, S, 7) as smoothed by the app; of use where a face is read

    @property
    def read(self) -> npt.NDArray[np.bool_]:
        """(L, S) whether the face is read."""
        return np.asarray(self.in_view & ~self.turned)


class ClassSimulator:
    """`lessons` classes of `size` people each; the same seed gives the same classes."""

    def __init__(self, lessons: int, size: int, error: Misreading, seed: int, change: Change | None = None) -> None:
        self._rng, self._error, self._change = np.random.default_rng(seed), error, change
        self._shape, self._now_s = (lessons, size), 0.0
        everybody = np.ones(self._shape, np.bool_)
        rng = self._rng
        mix = rng.dirichlet(_MIX * _ALIKE, self._shape)
        self._own_mix = np.cumsum(mix, axis=-1)
        # Jumps lead to what lasts shortly more often than its share of the time.
        self._jumps = np.cumsum(mix / _LASTS_S / (mix / _LASTS_S).sum(axis=-1, keepdims=True), axis=-1)
        self._read_of = np.cumsum(error.read, axis=1)
        self._own = self._drawn(self._own_mix, everybody).reshape(self._shape)
        self._confusion = np.zeros((*self._shape, N_EXPRESSIONS), np.int64)
        self._confuse(everybody)
        self._probabilities = np.zeros((*self._shape, N_EXPRESSIONS), np.float32)
        self._before = np.full(self._shape, -1)
        self._restless = rng.gamma(2.0, 0.5, self._shape)  # how often a person turns away, mean 1
        self._switched = {s: rng.random(self._shape) < s.share for s in (_TURNED, _OUT_OF_VIEW, _CAMERA_OFF)}
        self._from_s, self._until_s = self._scripted()

    def step(self) -> Second:
        """The next second."""
        rng = self._rng
        leave = rng.random(self._shape) < 1 / _LASTS_S[self._own]
        self._own[leave] = self._drawn(self._jumps, leave)
        confused = rng.random(self._shape) < 1 / _CONFUSION_S
        self._confuse(confused)
        shown = self._own
        if self._change is not None:
            on = (self._from_s <= self._now_s) & (self._now_s < self._until_s)
            shown = np.where(on, self._change.expression, self._own)
        renewed = confused | (shown != self._before) | (rng.random(self._shape) < 1 / _HELD_S)
        self._read(shown, renewed)
        self._before = shown.copy()
        turned, out, off = (self._switch(switch) for switch in (_TURNED, _OUT_OF_VIEW, _CAMERA_OFF))
        self._now_s += 1.0
        return Second(self._now_s, self._before, ~off, ~off & ~out, ~off & ~out & turned, self._probabilities.copy())

    def _scripted(self) -> tuple[FloatArray, FloatArray]:
        """(L, S) from when until when each person follows the script."""
        never = np.full(self._shape, np.inf, np.float32)
        if self._change is None:
            return never, never
        chosen = self._rng.random(self._shape).argsort(axis=1) < self._change.people
        follows = self._change.at_s + self._rng.exponential(_STARTS_WITHIN_S, self._shape)
        until = np.full(self._shape, self._change.until_s, np.float32)
        return np.where(chosen, follows, np.inf).astype(np.float32), until

    def _drawn(self, cumulated: npt.NDArray[np.float64], some: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """(N,) an expression for each of `some` (L, S) by its own cumulated shares (L, S, 7)."""
        return _chosen(cumulated[some], self._rng.random(int(some.sum())))

    def _confuse(self, some: npt.NDArray[np.bool_]) -> None:
        """What is read of each expression of these people is drawn anew, and stays."""
        draws = self._rng.random((int(some.sum()), N_EXPRESSIONS))
        self._confusion[some] = _chosen(self._read_of[None], draws)

    def _read(self, shown: npt.NDArray[np.int64], some: npt.NDArray[np.bool_]) -> None:
        """New readings of these people."""
        rng, of, count = self._rng, shown[some], int(some.sum())
        own = np.take_along_axis(self._confusion[some], of[:, None], axis=1)[:, 0]
        read = np.where(rng.random(count) < _OWN, own, _chosen(self._read_of[of], rng.random(count)))
        mean, spread = self._error.said[read, read], self._error.spread[read]
        size = mean * (1 - mean) / spread**2 - 1  # of the beta distribution with that mean and spread
        top = np.maximum(rng.beta(mean * size, (1 - mean) * size), _LEAST_SAID)
        rest = self._error.said[read]
        rest[np.arange(count), read] = 0
        said = rest * ((1 - top) / rest.sum(axis=1))[:, None]
        said[np.arange(count), read] = top
        self._probabilities[some] = said

    def _switch(self, switch: _Switch) -> npt.NDArray[np.bool_]:
        """(L, S) over whom it is now."""
        before, rng = self._switched[switch], self._rng
        often = self._restless if switch is _TURNED else 1.0
        chance = np.where(before, 1 / switch.goes_s, often / switch.comes_s)
        self._switched[switch] = before ^ (rng.random(self._shape) < chance)
        return self._switched[switch]


def _chosen(cumulated: npt.NDArray[np.float64], draws: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Indices by draws of 0-1 (...) from cumulated shares (..., 7)."""
    found = (draws[..., None] > cumulated).sum(axis=-1)
    return np.asarray(np.minimum(found, N_EXPRESSIONS - 1), np.int64)
