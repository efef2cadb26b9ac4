"""How well galleries are read: the app's own analyzer on simulated calls, compared with what they show."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import Analysis, FloatArray, OnProgress, PeopleSplit
from fer_desktop.pipeline.frame.analyzer import FrameAnalyzer
from fer_desktop.simulation.ground_truth import Avatar, CallTile, CallTruth
from fer_desktop.simulation.layout import Style
from fer_desktop.simulation.script import ScriptName
from fer_desktop.simulation.simulator import CallSimulator

TILE_IOU: Final = 0.8
FACE_IOU: Final = 0.4
LARGE_PX: Final = 45.0
SMALL_PX: Final = 24.0
# A face of which less is visible need not be found, but may be.
_MIN_VISIBLE_SHARE: Final = 0.6
# A seat given to another participant for longer than this counts as an unnoticed swap.
NOTICED_WITHIN_S: Final = 5.0
STEP_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Call:
    """One simulated call of the evaluation."""

    script: str
    style: Style
    tiles: int
    picture_px: tuple[int, int]
    end_s: float  # script time up to which the call is read


# Faces of 20 to 110 px; every view, theme and kind of event occurs.
CALLS: Final = (
    Call("hardest", Style.ZOOM_DARK, 25, (1920, 1080), 130.0),
    Call("reorders", Style.MEET, 49, (1920, 1080), 40.0),
    Call("cameras", Style.TEAMS, 25, (1920, 1080), 115.0),
    Call("faces", Style.ZOOM_LIGHT, 49, (1280, 720), 40.0),
    Call("pages", Style.ZOOM_LIGHT, 16, (1920, 1080), 60.0),
    Call("window_moves", Style.MEET, 9, (1280, 720), 60.0),
    Call("views", Style.TEAMS, 12, (1920, 1080), 120.0),
)


@dataclass(slots=True)
class Tally:
    """Counts over all calls."""

    tiles: int = 0
    tiles_found: int = 0
    tiles_given: int = 0
    tiles_false: int = 0
    large: int = 0
    large_found: int = 0
    small: int = 0
    small_found: int = 0
    frames: int = 0
    false_faces: int = 0
    sightings: int = 0  # of participants in tiles that were found
    sightings_kept: int = 0  # at the participant's own seat
    hardest: int = 0  # the same in the script in which everything happens at once
    hardest_kept: int = 0
    swaps: int = 0
    camera_errors: list[float] = field(default_factory=list)
    expression_errors: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The figures by the names that `--json` prints."""
        return {
            "tile_recall": _share(self.tiles_found, self.tiles),
            "tile_false": _share(self.tiles_false, self.tiles_given),
            "face_recall_45": _share(self.large_found, self.large),
            "face_recall_24": _share(self.small_found, self.small),
            "false_faces_per_frame": _share(self.false_faces, self.frames),
            "identity_kept": _share(self.sightings_kept, self.sightings),
            "identity_kept_hardest": _share(self.hardest_kept, self.hardest),
            "unnoticed_swaps": float(self.swaps),
            "coverage_error": float(np.mean(self.camera_errors)) if self.camera_errors else 0.0,
            "expression_share_error": float(np.mean(self.expression_errors)) if self.expression_errors else 0.0,
            "frames": float(self.frames),
        }


def _share(part: int, of: int) -> float:
    return part / of if of else 1.0


def evaluate_calls(
    calls: Sequence[Call],
    resources: Path,
    make_analyzer: Callable[[], FrameAnalyzer],
    seed: int,
    on_progress: OnProgress = lambda _done, _of: None,
    people: PeopleSplit = PeopleSplit.HOLDOUT,
) -> Tally:
    """The counts over the calls; by default they are played by the people on whom nothing was tuned."""
    tally, done_s, total_s = Tally(), 0.0, sum(call.end_s for call in calls)
    for number, call in enumerate(calls):
        simulator = CallSimulator(
            resources, call.script, call.tiles, call.style, call.picture_px, seed + number, people
        )
        seats = _Seats()
        for at_s, truth, analysis in _played(simulator, make_analyzer(), min(call.end_s, simulator.lasts_s)):
            _count(tally, seats, at_s, truth, analysis)
            on_progress(done_s + at_s, total_s)
        tally.sightings += seats.sightings
        tally.sightings_kept += seats.kept
        if call.script == ScriptName.HARDEST:
            tally.hardest += seats.sightings
            tally.hardest_kept += seats.kept
        tally.swaps += seats.swaps
        done_s += call.end_s
    return tally


def _played(
    simulator: CallSimulator, analyzer: FrameAnalyzer, end_s: float
) -> Iterator[tuple[float, CallTruth, Analysis]]:
    for at_s in np.arange(0.0, end_s, STEP_S):
        yield float(at_s), simulator.truth_at(float(at_s)), analyzer.analyze(simulator.frame_at(float(at_s)))


def _count(tally: Tally, seats: "_Seats", at_s: float, truth: CallTruth, analysis: Analysis) -> None:
    tally.frames += 1
    given = _boxes([tile.xyxy for tile in analysis.tiles])
    pairs = match_greedily(iou_matrix(_boxes([tile.tile_xyxy for tile in truth.tiles]), given), TILE_IOU)
    tally.tiles += len(truth.tiles)
    tally.tiles_given += len(given)
    tally.tiles_found += len(pairs)
    tally.tiles_false += len(given) - len(pairs)
    _count_faces(tally, truth.tiles, analysis)
    seats.update(at_s, [(truth.tiles[row].participant, analysis.tiles[column].seat) for row, column in pairs])
    if truth.transitioning:
        return
    on = sum(tile.camera_on for tile in truth.tiles)
    if on:
        tally.camera_errors.append(abs(analysis.cameras_on - on) / on)
    shown = [tile.expression for tile in truth.tiles if tile.expression is not None and not tile.changing]
    read = [reading.expression for reading in analysis.readings if reading.expression is not None]
    if shown and read:
        shares = [np.bincount(each, minlength=N_EXPRESSIONS) / len(each) for each in (shown, read)]
        tally.expression_errors.append(float(np.abs(shares[0] - shares[1]).mean()))


def _count_faces(tally: Tally, tiles: Sequence[CallTile], analysis: Analysis) -> None:
    visible = [tile for tile in tiles if tile.camera_on and tile.seen_xyxy is not None]
    wanted = np.array([tile.face_share >= _MIN_VISIBLE_SHARE for tile in visible], np.bool_)
    heights = np.array([tile.face_height_px for tile in visible])
    found = _boxes([reading.face.xyxy for reading in analysis.readings])
    overlap = iou_matrix(_boxes([tile.seen_xyxy or (0, 0, 0, 0) for tile in visible]), found)
    pairs = match_greedily(overlap, FACE_IOU)
    hit = np.zeros(len(visible), np.bool_)
    hit[[row for row, _ in pairs]] = True
    large, small = wanted & (heights >= LARGE_PX), wanted & (heights >= SMALL_PX) & (heights < LARGE_PX)
    tally.large += int(large.sum())
    tally.large_found += int((large & hit).sum())
    tally.small += int(small.sum())
    tally.small_found += int((small & hit).sum())
    # A portrait used as an avatar is a face too, so that finding it is no error.
    portraits = _boxes([tile.tile_xyxy for tile in tiles if tile.avatar is Avatar.PORTRAIT])
    middles = np.asarray((found[:, :2] + found[:, 2:]) / 2, np.float32)
    touched = overlap.max(axis=0) > 0.1 if visible else np.zeros(len(found), np.bool_)
    excused = touched | _any_contains(portraits, middles)
    tally.false_faces += int((~excused).sum())


def _any_contains(boxes: FloatArray, points: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) whether each of the points (N, 2) is in any of the boxes (M, 4)."""
    margins = np.minimum(points[:, None] - boxes[None, :, :2], boxes[None, :, 2:] - points[:, None])
    return np.asarray((margins.min(axis=2) >= 0).sum(axis=1) > 0)


def _boxes(rows: Sequence[Sequence[float]] | Sequence[FloatArray]) -> FloatArray:
    return np.array(rows, np.float32).reshape(len(rows), 4)


class _Seats:
    """Counts how often participants were given their own seat, which is the one they were first given."""

    def __init__(self) -> None:
        self._owners: dict[int, int] = {}
        self._own: dict[int, int] = {}
        self._wrong_since: dict[tuple[int, int], float] = {}
        self._counted: set[tuple[int, int]] = set()
        self.sightings = self.kept = self.swaps = 0

    def update(self, at_s: float, pairs: Sequence[tuple[int, int]]) -> None:
        """Counts the participants and the seats that they were given in one frame."""
        wrong = set()
        for participant, seat in pairs:
            owner = self._owners.setdefault(seat, participant)
            own = self._own.setdefault(participant, seat)
            self.sightings += 1
            self.kept += own == seat and owner == participant
            if owner != participant:
                wrong.add((seat, participant))
        for pair in wrong:
            since = self._wrong_since.setdefault(pair, at_s)
            if at_s - since > NOTICED_WITHIN_S and pair not in self._counted:
                self._counted.add(pair)
                self.swaps += 1
        for pair in set(self._wrong_since) - wrong:
            del self._wrong_since[pair]
            self._counted.discard(pair)
