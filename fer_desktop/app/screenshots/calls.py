"""Pictures of simulated calls with what is read in them: none of the people is real."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.app import paths
from fer_desktop.core.types import Analysis, Face, FloatArray, Frame, Image, Quality, Reading, Reason, Tile, no_figures
from fer_desktop.simulation.layout import Box
from fer_desktop.simulation.render.slides import make_slide
from fer_desktop.simulation.simulator import CallSimulator

_SEED: Final = 7
_AT_S: Final = 21.0  # of the call's script
_CALL_PX: Final = (1280, 720)
_ON_SCREEN: Final = (0.05, 0.06, 0.72, 0.90)  # the call's window, in shares of the screen


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """What is seen of a call at one time, whatever its faces show."""

    image: Image  # (H, W, 3) BGR
    tiles: tuple[Tile, ...] = ()
    faces: Mapping[int, Face] | None = None  # by seat
    unread: Mapping[int, Reason] | None = None  # why, by seat

    @property
    def readable(self) -> tuple[int, ...]:
        """The seats whose faces are read."""
        return tuple(seat for seat in self.faces or {} if seat not in (self.unread or {}))

    def analysis(self, at_s: float, looks: Mapping[int, FloatArray]) -> Analysis:
        """What is read where the faces show these probabilities (7,), by seat."""
        readings = tuple(self._reading(seat, face, looks) for seat, face in (self.faces or {}).items())
        cameras_on = sum(tile.camera_on for tile in self.tiles)
        frame = Frame(round(at_s), at_s, self.image)
        return Analysis(frame, readings, 0.09, len(self.tiles), cameras_on, self.tiles)

    def __deepcopy__(self, _memo: object) -> "Call":
        """Itself: nobody changes it."""
        return self

    def _reading(self, seat: int, face: Face, looks: Mapping[int, FloatArray]) -> Reading:
        reason = (self.unread or {}).get(seat, Reason.NONE)
        height_px = float(face.xyxy[3] - face.xyxy[1])
        if reason is not Reason.NONE:
            return Reading(seat, face, Quality(False, reason, height_px), no_figures())
        return Reading(seat, face, Quality(True, reason, height_px), looks[seat])


def class_call(count: int, script: str, away: int = 0) -> Call:
    """A gallery of so many; of those with a camera on the last `away` are turned away."""
    call = CallSimulator(paths.resources(), script, count, picture_px=_CALL_PX, seed=_SEED, realtime=False)
    image, truth = call.image_at(_AT_S), call.truth_at(_AT_S)
    call.close()
    tiles = tuple(
        Tile(np.array(tile.tile_xyxy, np.float32), tile.participant + 1, tile.camera_on) for tile in truth.tiles
    )
    boxes = {tile.participant + 1: tile.face_xyxy for tile in truth.tiles if tile.face_xyxy is not None}
    faces = {seat: Face(np.array(box, np.float32), 0.95, np.zeros((5, 2), np.float32)) for seat, box in boxes.items()}
    turned = dict.fromkeys(list(faces)[len(faces) - away :], Reason.TURNED_AWAY)
    return Call(image, tiles, faces, turned)


def slides_alone() -> Call:
    """A slide that fills the window, and nobody beside it."""
    return Call(make_slide(_SEED, 0, *_CALL_PX))


def screen_with_call(width_px: int, height_px: int) -> tuple[Image, Box]:
    """A desktop (H, W, 3) BGR with a call's window on it, and where the gallery is in it, px."""
    x0, y0, x1, y1 = _ON_SCREEN
    window = round(x0 * width_px), round(y0 * height_px), round(x1 * width_px), round(y1 * height_px)
    call = CallSimulator(
        paths.resources(), "calm", 25, picture_px=(width_px, height_px), window_xyxy=window, seed=_SEED, realtime=False
    )
    image, stage = call.image_at(_AT_S), call.truth_at(_AT_S).layout.stage
    call.close()
    return image, stage
