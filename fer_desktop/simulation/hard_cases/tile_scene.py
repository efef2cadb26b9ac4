"""A call with tiles, drawn as its case says."""

from typing import Final, Protocol

import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import (
    Arrangement,
    CallCase,
    Cameras,
    Fit,
    Ground,
    Plates,
    Shared,
    Surroundings,
)
from fer_desktop.simulation.hard_cases.company import new_people
from fer_desktop.simulation.hard_cases.grounds import make_theme, other_colour, put_ground
from fer_desktop.simulation.hard_cases.layouts import Arranged, arranged, hull
from fer_desktop.simulation.hard_cases.overlays import Patch, hidden_share, make_overlay
from fer_desktop.simulation.hard_cases.pasting import paste
from fer_desktop.simulation.hard_cases.shared import put_shared
from fer_desktop.simulation.hard_cases.surroundings import put_panel, surround
from fer_desktop.simulation.hard_cases.tiles import DrawnTile, TileLook, draw_tile
from fer_desktop.simulation.hard_cases.truth import CaseParticipant, CaseTruth, area, common
from fer_desktop.simulation.layout import Box, Style, Theme

_OWN_COUNT: Final = {Arrangement.ONE_TWO_THREE: 6, Arrangement.QUAD_COLUMN: 7, Arrangement.PICTURE_IN_PICTURE: 2}
_OTHERS: Final = 6  # people who are not in the call, for slides
_OFF: Final = {Cameras.ALL_OFF: 1.0, Cameras.PHOTOS: 0.58}
_USUALLY_OFF: Final = 0.15
_LEAST_SEEN: Final = 0.05  # of a face; less is not seen
_PLATES: Final = (
    Plates.OF_STYLE,
    Plates.OF_STYLE,
    Plates.OF_STYLE,
    Plates.PILL,
    Plates.CENTRED,
    Plates.TOP,
    Plates.NONE,
)


class DrawnScene(Protocol):
    """Something that is drawn at any time, with its truth."""

    @property
    def canvas_px(self) -> tuple[int, int]:
        """Width and height."""

    def draw(self, script_s: float) -> tuple[Image, CaseTruth]:
        """The canvas (H, W, 3) at a time, and what is true of it in px of the canvas."""


class TileScene:
    """A call with tiles; the same for the same arguments."""

    def __init__(self, case: CallCase, rng: np.random.Generator, canvas_px: tuple[int, int], cast: Cast) -> None:
        """Raises SourceError where the people's files are missing."""
        count = _OWN_COUNT.get(case.arrangement) or case.counts[int(rng.integers(len(case.counts)))]
        off = 0.0 if case.arrangement is Arrangement.PICTURE_IN_PICTURE else _OFF.get(case.cameras, _USUALLY_OFF)
        others = _OTHERS if case.shared is Shared.FACES else 0
        self._people, self._script = new_people(rng, cast, count, others, case.cameras, off, case.line)
        style, theme = make_theme(rng, case.theme)
        made = surround(rng, case.surroundings, style, theme, canvas_px)
        self._ground, scale = made.picture, made.scale
        everyone, stage = tuple(range(count)), made.stage
        self._decoys: tuple[FloatBox, ...] = ()
        if case.panel is not None:
            stage, self._decoys = put_panel(
                self._ground, stage, case.panel, theme, scale, self._people, everyone, rng
            )  # fmt: skip
        x0, y0, x1, y1 = stage
        put_ground(self._ground[y0:y1, x0:x1], rng, case.ground, theme)
        gap = max(2, round(theme.gap_px * scale)) if case.gap_px is None else case.gap_px
        places = self._places(case, rng, stage, count, gap, theme, scale)
        self._tiles = places.tiles
        if places.shared is not None and case.shared is not None:
            faces = put_shared(
                self._ground, places.shared, case.shared, rng, self._people, tuple(range(count, count + others))
            )
            self._decoys = (*self._decoys, *faces)
        if case.surroundings is Surroundings.TIGHT:
            self._cut(rng)
        self._look = _look(case, rng, style, theme, scale, len(self._tiles))
        self._frames_speaker = bool(rng.random() < 0.7)
        self._patches: tuple[Patch, ...] = ()
        if case.overlay is not None:
            self._patches = make_overlay(rng, case.overlay, self._tiles, scale)

    @property
    def canvas_px(self) -> tuple[int, int]:
        """Width and height."""
        return self._ground.shape[1], self._ground.shape[0]

    def draw(self, script_s: float) -> tuple[Image, CaseTruth]:
        """The canvas (H, W, 3) at a time, and what is true of it in px of the canvas."""
        canvas = self._ground.copy()
        speaker = self._script.moment(script_s).speaker if self._frames_speaker else None
        participants, decoys = [], list(self._decoys)
        for number, box in enumerate(self._tiles):
            on = self._script.camera_on(number, script_s)
            tile = draw_tile(self._people, number, on, script_s, box, self._look, number == speaker)
            paste(canvas, tile.picture, box, self._look.corner_px)
            if tile.decoy_face is not None:
                decoys.append(tile.decoy_face)
            participants.append(self._truth(number, on, box, tile, script_s))
        for patch in self._patches:
            patch.put(canvas)
        return canvas, CaseTruth(tuple(participants), tuple(decoys))

    def _truth(self, number: int, on: bool, box: FloatBox, tile: DrawnTile, script_s: float) -> CaseParticipant:
        face, share = tile.face_xyxy, tile.face_share
        if face is not None:
            share *= 1 - hidden_share(face, self._patches)
            # A later tile may lie over this one.
            share *= 1 - min(1.0, sum(area(common(face, later)) for later in self._tiles[number + 1 :]) / area(face))
        if share < _LEAST_SEEN:
            face, share = None, 0.0
        degradation = self._people.degradation(number, script_s) if on else ""
        return CaseParticipant(number, box, on, face, share, degradation)

    def _places(
        self, case: CallCase, rng: np.random.Generator, stage: Box, count: int, gap: int, theme: Theme, scale: float
    ) -> Arranged:
        margin = round(theme.margin_px * scale) if rng.random() < 0.6 else int(rng.integers(0, 20))
        own = gap if case.ground is Ground.OWN_GAP else 0
        margin = max(margin, own + 2) if own else margin
        area_px = (stage[0] + margin, stage[1] + margin, stage[2] - margin, stage[3] - margin)
        places = arranged(case.arrangement, area_px, count, gap, case.shape, case.fractional)
        if case.ground is Ground.OWN_GAP:
            left, top, right, bottom = (round(edge) for edge in hull(places.tiles))
            # A gallery without a gap of its own would have nothing to show of the colour.
            around = max(gap, 1)
            self._ground[top - around : bottom + around, left - around : right + around] = other_colour(
                rng, theme.ground
            )
        return places

    def _cut(self, rng: np.random.Generator) -> None:
        """Leaves of the canvas what is closely round the tiles."""
        x0, y0, x1, y1 = (round(edge) for edge in hull(self._tiles))
        left, top, right, bottom = (int(margin) for margin in rng.integers(0, 5, 4))
        x0, y0 = max(x0 - left, 0), max(y0 - top, 0)
        self._ground = self._ground[y0 : y1 + bottom, x0 : x1 + right].copy()
        self._tiles = tuple((tile[0] - x0, tile[1] - y0, tile[2] - x0, tile[3] - y0) for tile in self._tiles)


def _look(case: CallCase, rng: np.random.Generator, style: Style, theme: Theme, scale: float, count: int) -> TileLook:
    plates = _PLATES[int(rng.integers(len(_PLATES)))] if case.plates is Plates.ANY else case.plates
    phones = () if case.fit is Fit.FILLED else rng.permutation(count)[: max(1, count // 2)]
    corner = float(round(theme.corner_px * scale)) if case.corner_px is None else case.corner_px
    border = other_colour(rng, theme.ground)
    return TileLook(
        style, theme, scale, plates, case.fit, frozenset(int(k) for k in phones), corner, case.border_px, border
    )
