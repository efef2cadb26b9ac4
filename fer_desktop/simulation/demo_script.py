"""What happens in the demo class, second by second: expressions, cameras, order, speaker."""

from typing import Final

import numpy as np

from fer_desktop.core.expressions import FEAR, HAPPY, NEUTRAL, SAD, SURPRISE
from fer_desktop.simulation.layout import View
from fer_desktop.simulation.script import WHOLE, CallScript, Events, Steps

SCRIPT_S: Final = 180.0
PARTICIPANTS: Final = 25
_JITTER_S: Final = 5.0  # spread of a class's change of expression

# When the class changes its mood, script s.
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
_SPEAKER_S: Final = 12.0  # how long each speaker talks


def make_demo_script(seed: int) -> CallScript:
    """The script of one seed; all times are script seconds, 0 to 180."""
    rng = np.random.default_rng([seed, 11])
    everyone = range(PARTICIPANTS)
    events = Events(
        faces=tuple(_turns(rng, participant) for participant in everyone),
        order=_orders(rng),
        speaker=_speakers(rng),
        page=Steps(0),
        view=Steps(View.GALLERY),
        window=Steps(WHOLE),
        slide=Steps(0),
        camera=tuple(_camera(participant) for participant in everyone),
        backgrounds=tuple(Steps(0) for _ in everyone),
        episodes=tuple(() for _ in everyone),
        absences={LEAVER: (LEAVES_S, RETURNS_S)},
    )
    return CallScript(SCRIPT_S, events)


def _turns(rng: np.random.Generator, participant: int) -> tuple[tuple[float, int], ...]:
    def at(start_s: float) -> float:
        return start_s + float(rng.uniform(0.0, _JITTER_S))

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


def _orders(rng: np.random.Generator) -> Steps[tuple[int, ...]]:
    first = tuple(int(k) for k in rng.permutation(PARTICIPANTS))
    second = tuple(first[k] for k in rng.permutation(PARTICIPANTS))
    without = tuple(k for k in second if k != LEAVER)
    # Whoever comes back is placed last.
    return Steps(first, [(REORDER_S, second), (LEAVES_S, without), (RETURNS_S, (*without, LEAVER))])


def _speakers(rng: np.random.Generator) -> Steps[int | None]:
    talkers = [k for k in range(PARTICIPANTS) if k not in CAMERA_OFF and k != LEAVER]
    first, *others = (int(k) for k in rng.choice(talkers, int(SCRIPT_S / _SPEAKER_S)))
    return Steps(first, [(_SPEAKER_S * (turn + 1), speaker) for turn, speaker in enumerate(others)])


def _camera(participant: int) -> Steps[bool]:
    if participant not in CAMERA_OFF:
        return Steps(True)
    from_s, to_s = CAMERA_OFF[participant]
    return Steps(True, [(from_s, False), (to_s, True)])
