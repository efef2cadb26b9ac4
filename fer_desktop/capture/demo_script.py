"""What happens in the demo class, second by second: expressions, cameras, places, who speaks."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.expressions import FEAR, HAPPY, NEUTRAL, SAD, SURPRISE

SCRIPT_S: Final = 180.0
PARTICIPANTS: Final = 25
CROSS_FADE_S: Final = 1.0
_JITTER_S: Final = 5.0  # within which a class changes its expression

# When the class turns, script s.
HAPPY_S: Final = 40.0
WORRIED_S: Final = 85.0
RECOVERED_S: Final = 130.0
CHEERFUL_S: Final = 150.0
QUIET_S: Final = 168.0

REORDER_S: Final = 65.0
LEAVER: Final = 9
LEAVES_S, RETURNS_S = 100.0, 120.0
# Participants whose camera is off, from and to in script s.
CAMERA_OFF: Final = {14: (0.0, SCRIPT_S), 5: (0.0, 30.0), 21: (112.0, SCRIPT_S)}
SAD_ONES: Final = (1, 7, 12, 16)
FEARFUL_ONES: Final = (3, 10, 18, 22)
_SURPRISED: Final = {2: 20.0, 17: 24.0}  # somebody is startled for a few seconds
_SURPRISE_LASTS_S: Final = 5.0
_SPEAKER_S: Final = 12.0  # how long one speaks


@dataclass(frozen=True, slots=True)
class Shown:
    """What one participant's face shows at one time."""

    before: int  # expression on the way from
    after: int  # expression on the way to
    share: float  # 0-1 of the way

    @property
    def expression(self) -> int:
        """The one of which more is seen."""
        return self.after if self.share >= 0.5 else self.before

    @property
    def changing(self) -> bool:
        """Whether it is on the way."""
        return 0 < self.share < 1


class DemoScript:
    """The script of one seed; all times are script seconds, 0 to 180."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 11])
        self._turns = tuple(self._turns_of(participant) for participant in range(PARTICIPANTS))
        self._first_order = tuple(int(k) for k in self._rng.permutation(PARTICIPANTS))
        swapped = self._rng.permutation(PARTICIPANTS)
        self._second_order = tuple(self._first_order[k] for k in swapped)
        talkers = [k for k in range(PARTICIPANTS) if k not in CAMERA_OFF and k != LEAVER]
        self._speakers = tuple(int(k) for k in self._rng.choice(talkers, int(SCRIPT_S / _SPEAKER_S) + 1))

    def shown(self, participant: int, script_s: float) -> Shown:
        """What the participant's face shows."""
        before = after = NEUTRAL
        start_s = -math.inf
        for turn_s, expression in self._turns[participant]:
            if turn_s > script_s:
                break
            before, after, start_s = after, expression, turn_s
        share = min((script_s - start_s) / CROSS_FADE_S, 1.0)
        # Eased, and in sixteenths, so that a picture can be kept while nothing changes.
        eased = round((0.5 - 0.5 * math.cos(math.pi * share)) * 16) / 16
        return Shown(before, after, eased)

    def expressions(self, participant: int) -> frozenset[int]:
        """All that the participant's face ever shows."""
        return frozenset({NEUTRAL, *(expression for _, expression in self._turns[participant])})

    def order(self, script_s: float) -> tuple[int, ...]:
        """The participants in the call, by place from the top left."""
        places = self._first_order if script_s < REORDER_S else self._second_order
        if LEAVES_S <= script_s < RETURNS_S:
            return tuple(k for k in places if k != LEAVER)
        if script_s >= RETURNS_S:
            # Who comes back is placed last.
            return (*(k for k in places if k != LEAVER), LEAVER)
        return places

    def camera_on(self, participant: int, script_s: float) -> bool:
        """Whether the participant's tile shows a moving picture."""
        from_s, to_s = CAMERA_OFF.get(participant, (math.inf, math.inf))
        return not from_s <= script_s < to_s

    def speaker(self, script_s: float) -> int:
        """Who speaks."""
        return self._speakers[int(script_s / _SPEAKER_S) % len(self._speakers)]

    def _turns_of(self, participant: int) -> tuple[tuple[float, int], ...]:
        def at(start_s: float) -> float:
            return start_s + float(self._rng.uniform(0.0, _JITTER_S))

        turns = []
        if participant in _SURPRISED:
            start_s = _SURPRISED[participant]
            turns += [(start_s, SURPRISE), (start_s + _SURPRISE_LASTS_S, NEUTRAL)]
        turns.append((at(HAPPY_S), HAPPY))
        worried = SAD if participant in SAD_ONES else FEAR if participant in FEARFUL_ONES else NEUTRAL
        turns.append((at(WORRIED_S), worried))
        if worried != NEUTRAL:
            turns.append((at(RECOVERED_S), NEUTRAL))
        if participant % 2 == 0:
            turns += [(at(CHEERFUL_S), HAPPY), (at(QUIET_S), NEUTRAL)]
        return tuple(turns)
