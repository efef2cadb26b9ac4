"""Draws the events of a simulated call from a seed."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.expressions import ANGRY, DISGUST, FEAR, HAPPY, NEUTRAL, SAD, SURPRISE
from fer_desktop.simulation.layout import View
from fer_desktop.simulation.script import (
    MOST_PARTICIPANTS,
    WHOLE,
    CallScript,
    Degradation,
    Episode,
    Events,
    Part,
    ScriptName,
    Steps,
)

ABSENCE_S: Final = 60.0  # the longest absence
ABSENT_FROM_S: Final = 40.0  # start of the longest absence
_SLIDE_S: Final = 12.0  # how long one slide is shown
_SOME: Final = 12  # one participant in this many leaves, joins late, or is away for a while
_MIXED: Final = (HAPPY, HAPPY, HAPPY, SURPRISE, SAD, FEAR, ANGRY, DISGUST)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """The ingredients of a script; times are s, 0 means never."""

    lasts_s: float
    speaker_every_s: float = 0.0
    reorder_every_s: float = 0.0
    page_every_s: float = 0.0
    window_every_s: float = 0.0
    people_come_and_go: bool = False
    background_changes: bool = False
    episode_every_s: float = 0.0
    views: tuple[tuple[float, View], ...] = ()
    off_from_the_start: float = 0.1  # of the participants have no camera on at all
    beyond_the_page: float = 1.0  # participants, as a multiple of what a page shows


_ONE_AFTER_THE_OTHER: Final = (
    (20.0, View.SHARED_STRIP), (45.0, View.GALLERY), (60.0, View.SPEAKER), (75.0, View.GALLERY),
    (90.0, View.SHARED_SIDE), (110.0, View.GALLERY),
)  # fmt: skip
_NEVER_LONG: Final = tuple(
    (float(second), tuple(View)[1 + second // 2 % 3] if second % 2 else View.GALLERY) for second in range(1, 60)
)
_RECIPES: Final = {
    ScriptName.ALL_ON: _Recipe(90.0, off_from_the_start=0.0),
    ScriptName.CALM: _Recipe(90.0),
    ScriptName.REORDERS: _Recipe(120.0, speaker_every_s=6.0, reorder_every_s=10.0),
    ScriptName.PAGES: _Recipe(120.0, speaker_every_s=8.0, page_every_s=12.0, beyond_the_page=1.8),
    ScriptName.CAMERAS: _Recipe(180.0, speaker_every_s=10.0, people_come_and_go=True),
    ScriptName.WINDOW_MOVES: _Recipe(90.0, speaker_every_s=10.0, window_every_s=9.0),
    ScriptName.VIEWS: _Recipe(120.0, speaker_every_s=8.0, views=_ONE_AFTER_THE_OTHER),
    ScriptName.FACES: _Recipe(90.0, background_changes=True, episode_every_s=9.0),
    ScriptName.HARDEST: _Recipe(
        180.0, speaker_every_s=7.0, reorder_every_s=17.0, page_every_s=23.0, window_every_s=29.0,
        people_come_and_go=True, background_changes=True, episode_every_s=25.0, beyond_the_page=1.3,
        views=((52.0, View.SHARED_STRIP), (76.0, View.GALLERY), (106.0, View.SPEAKER), (118.0, View.GALLERY),
               (140.0, View.SHARED_SIDE), (158.0, View.GALLERY)),
    ),
    ScriptName.RAPID_LAYOUTS: _Recipe(
        60.0, speaker_every_s=2.0, reorder_every_s=1.0, window_every_s=3.0, views=_NEVER_LONG
    ),
}  # fmt: skip


def participants_in(name: str, page: int) -> int:
    """How many participants a script has over the whole call, where a page shows `page` tiles."""
    return min(MOST_PARTICIPANTS, round(page * _RECIPES[ScriptName(name)].beyond_the_page))


def make_script(name: str, seed: int, participants: int, page: int) -> CallScript:
    """The script of that name, with `page` participants per page. Raises ValueError where there is none."""
    recipe = _RECIPES[ScriptName(name)]
    rng = np.random.default_rng([seed, 31])
    comings = _comings(rng, recipe, participants)
    staying = sorted(set(range(participants)) - {k for _, k, _ in comings})
    speakers = _speakers(rng, recipe, staying)
    events = Events(
        order=_orders(rng, recipe, participants, comings, speakers),
        page=Steps(0, _pages(rng, recipe, -(-participants // page))),
        view=Steps(View.GALLERY, list(recipe.views)),
        window=Steps(WHOLE, _windows(rng, recipe)),
        speaker=speakers,
        slide=Steps(0, [(time_s, k + 1) for k, time_s in enumerate(_times(recipe, _SLIDE_S))]),
        faces=tuple(_faces(rng, recipe.lasts_s) for _ in range(participants)),
        camera=tuple(_cameras(rng, recipe, participants)),
        backgrounds=tuple(_backgrounds(rng, recipe) for _ in range(participants)),
        episodes=tuple(_episodes(rng, recipe) for _ in range(participants)),
        absences=_absences(comings),
    )
    return CallScript(recipe.lasts_s, events)


def make_gallery_script(
    seed: int, participants: int, lasts_s: float, off_share: float, episode_every_s: float, others: int = 0
) -> CallScript:
    """A call that stays as it is: people change their expression and have episodes; `off_share` of the cameras are off.

    The first participant's camera is off only where all are. `others` more people are never in the call.
    """
    recipe = _Recipe(lasts_s, off_from_the_start=off_share, episode_every_s=episode_every_s)
    rng = np.random.default_rng([seed, 32])
    everyone = range(participants + others)
    cameras = [Steps(False) for _ in everyone] if off_share >= 1 else _cameras(rng, recipe, participants)
    events = Events(
        order=Steps(tuple(range(participants))),
        page=Steps(0),
        view=Steps(View.GALLERY),
        window=Steps(WHOLE),
        speaker=Steps(int(rng.integers(participants)) if participants else None),
        slide=Steps(0),
        faces=tuple(_faces(rng, lasts_s) for _ in everyone),
        camera=(*cameras, *(Steps(True) for _ in range(others))),
        backgrounds=tuple(Steps(0) for _ in everyone),
        episodes=tuple(_episodes(rng, recipe) for _ in everyone),
        absences={},
    )
    return CallScript(lasts_s, events)


def _times(recipe: _Recipe, every_s: float) -> list[float]:
    """Times `every_s` apart; none where that is 0."""
    return [float(time_s) for time_s in np.arange(every_s, recipe.lasts_s, every_s)] if every_s else []


_Coming = tuple[float, int, bool]  # script s, participant, whether it comes (or goes)


def _comings(rng: np.random.Generator, recipe: _Recipe, participants: int) -> list[_Coming]:
    """Who comes and goes, by time. The first participant and at least half of the others stay."""
    if not recipe.people_come_and_go or participants < 2:
        return []
    some = max(1, participants // _SOME)
    chosen = [int(k) for k in 1 + rng.permutation(participants - 1)]
    comings = [(ABSENT_FROM_S, chosen[0], False), (ABSENT_FROM_S + ABSENCE_S, chosen[0], True)]
    for participant in chosen[1 : some + 1][: (participants - 1) // 2]:
        away_s = float(rng.uniform(8.0, ABSENCE_S))
        from_s = float(rng.uniform(10.0, recipe.lasts_s - away_s - 10.0))
        comings += [(from_s, participant, False), (from_s + away_s, participant, True)]
    if participants >= _SOME:
        late, leavers = chosen[some + 1 : 2 * some + 1], chosen[2 * some + 1 : 3 * some + 1]
        comings += [(float(rng.uniform(15.0, 110.0)), participant, True) for participant in late]
        comings += [(float(rng.uniform(60.0, 160.0)), participant, False) for participant in leavers]
    return sorted(comings)


def _absences(comings: list[_Coming]) -> dict[int, tuple[float, float]]:
    left: dict[int, float] = {}
    absences = {}
    for time_s, participant, comes in comings:
        if not comes:
            left[participant] = time_s
        elif participant in left:
            absences[participant] = (left[participant], time_s)
    return absences


def _speakers(rng: np.random.Generator, recipe: _Recipe, staying: list[int]) -> Steps[int | None]:
    changes: list[tuple[float, int | None]] = []
    for time_s in _times(recipe, recipe.speaker_every_s):
        speaker = int(rng.choice(staying))
        changes.append((time_s, None if rng.random() < 0.15 else speaker))
    return Steps(int(rng.choice(staying)), changes)


def _orders(
    rng: np.random.Generator, recipe: _Recipe, participants: int, comings: list[_Coming], speakers: Steps[int | None]
) -> Steps[tuple[int, ...]]:
    """The order of the tiles: the speaker moves to the front, all are shuffled, whoever joins is placed last."""
    first_seen = {participant: comes for _, participant, comes in reversed(comings)}
    order = [int(k) for k in rng.permutation(participants) if not first_seen.get(int(k), False)]
    first = tuple(order)
    changes = []
    reorders = [(time_s, -1, False) for time_s in _times(recipe, recipe.reorder_every_s)]
    for number, (time_s, participant, comes) in enumerate(sorted([*comings, *reorders])):
        if participant >= 0:
            order = [*order, participant] if comes else [k for k in order if k != participant]
        elif number % 2 and (speaker := speakers.at(time_s)) is not None:
            order = [speaker, *(k for k in order if k != speaker)]
        else:
            order = [order[int(k)] for k in rng.permutation(len(order))]
        changes.append((time_s, tuple(order)))
    return Steps(first, changes)


def _pages(rng: np.random.Generator, recipe: _Recipe, pages: int) -> list[tuple[float, int]]:
    """Page turns, each to a different page."""
    page, changes = 0, []
    for time_s in _times(recipe, recipe.page_every_s) if pages > 1 else ():
        page = (page + int(rng.integers(1, pages))) % pages
        changes.append((time_s, page))
    return changes


def _windows(rng: np.random.Generator, recipe: _Recipe) -> list[tuple[float, Part]]:
    """The window is resized and moved alternately."""
    changes = []
    width = height = 1.0
    for number, time_s in enumerate(_times(recipe, recipe.window_every_s)):
        if number % 2 == 0:
            width, height = (float(side) for side in rng.uniform(0.6, 0.92, 2))
        left, top = float(rng.uniform(0, 1 - width)), float(rng.uniform(0, 1 - height))
        changes.append((time_s, (left, top, left + width, top + height)))
    return changes


def _faces(rng: np.random.Generator, lasts_s: float) -> tuple[tuple[float, int], ...]:
    """Neutral and two other expressions in turn."""
    own = [int(k) for k in rng.choice(_MIXED, 2)]
    turns, time_s, expression = [], float(rng.uniform(-20.0, 15.0)), NEUTRAL
    while time_s < lasts_s:
        expression = int(rng.choice(own)) if expression == NEUTRAL else NEUTRAL
        turns.append((time_s, expression))
        time_s += float(rng.uniform(6.0, 25.0))
    return tuple(turns)


def _cameras(rng: np.random.Generator, recipe: _Recipe, participants: int) -> list[Steps[bool]]:
    """Usually a tenth never turn their camera on; where people come and go, a third turn it off for a while."""
    off = {int(k) for k in 1 + rng.permutation(participants - 1)[: round(recipe.off_from_the_start * participants)]}
    cameras: list[Steps[bool]] = []
    for participant in range(participants):
        changes: list[tuple[float, bool]] = []
        if recipe.people_come_and_go and participant not in off and rng.random() < 1 / 3:
            from_s = float(rng.uniform(8.0, recipe.lasts_s - 70.0))
            changes = [(from_s, False), (from_s + float(rng.uniform(10.0, 60.0)), True)]
        cameras.append(Steps(participant not in off, changes))
    return cameras


def _backgrounds(rng: np.random.Generator, recipe: _Recipe) -> Steps[int]:
    """A third of the participants change theirs once."""
    if not recipe.background_changes or rng.random() > 1 / 3:
        return Steps(0)
    return Steps(0, [(float(rng.uniform(10.0, recipe.lasts_s - 10.0)), 1)])


def _episodes(rng: np.random.Generator, recipe: _Recipe) -> tuple[Episode, ...]:
    if not recipe.episode_every_s:
        return ()
    episodes, time_s = [], float(rng.uniform(0.0, recipe.episode_every_s))
    while time_s < recipe.lasts_s:
        end_s = time_s + float(rng.uniform(4.0, 8.0))
        degradation = Degradation(str(rng.choice([str(kind) for kind in Degradation])))
        # With less, the face would only come near the edge.
        least = 0.85 if degradation is Degradation.CUT_OFF else 0.4
        episodes.append(Episode(time_s, end_s, degradation, int(rng.choice((-1, 1))), float(rng.uniform(least, 1.0))))
        time_s = end_s + float(rng.uniform(0.5, 1.5)) * recipe.episode_every_s
    return tuple(episodes)
