"""The named cases, and how a call of one is made."""

import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.cast.actors import Cast
from fer_desktop.simulation.cast.generated_people import load_sheets
from fer_desktop.simulation.hard_cases.call import CaseCall
from fer_desktop.simulation.hard_cases.case import (
    Arrangement,
    CallCase,
    Cameras,
    Degrade,
    Fit,
    Ground,
    Overlay,
    Panel,
    Plates,
    RecordedAs,
    Scene,
    Shared,
    Surroundings,
    Theme,
)
from fer_desktop.simulation.hard_cases.degrading import canvas_for, make_degrader
from fer_desktop.simulation.hard_cases.no_call import NoCall
from fer_desktop.simulation.hard_cases.seats_scene import SeatsScene
from fer_desktop.simulation.hard_cases.tile_scene import DrawnScene, TileScene
from fer_desktop.simulation.recording import Codec

_PICTURED: Final = 0.5  # with portraits: so many people are one of them
_GRIDS: Final = (25, 9, 49, 11)  # 5x5, 3x3, 7x7, and 4x3 with a last row of three
_STRIPS: Final = (5, 6, 8)
_SMALL_PX: Final = ((1280, 720), (1366, 768))  # where much is drawn for a frame
_MEDIUM_PX: Final = (*_SMALL_PX, (1920, 1080))
_SCALES: Final = (0.5, 0.667, 0.7, 0.8, 1.25, 1.5)
_HOWS: Final = ("area", "linear", "lanczos")


def _number(value: float) -> str:
    return str(value).replace(".", "_")


def _gaps() -> list[CallCase]:
    cases = [CallCase(f"gap_{gap}", "gaps", counts=_GRIDS, gap_px=gap, corner_px=0) for gap in range(4)]
    cases += [
        CallCase(f"gap_{gap}_own_colour", "gaps", gap_px=gap, corner_px=0, ground=Ground.OWN_GAP) for gap in (1, 2, 4)
    ]
    cases += [
        CallCase("gap_0_no_plates", "gaps", counts=_GRIDS, gap_px=0, corner_px=0, plates=Plates.NONE),
        CallCase("fractional_edges", "gaps", gap_px=4, corner_px=0, fractional=True),
        CallCase("fractional_edges_gap_1", "gaps", gap_px=1, corner_px=0, fractional=True),
        CallCase("fractional_edges_gap_0", "gaps", gap_px=0, corner_px=0, fractional=True),
    ]
    return cases


def _scaled() -> list[CallCase]:
    cases = []
    for scale in _SCALES:
        sizes = _SMALL_PX if scale < 0.6 else _MEDIUM_PX
        for how in _HOWS:
            name = f"scaled_{_number(scale)}_{how}"
            cases.append(CallCase(name, "scaled", pictures_px=sizes, degrade=Degrade(scale, how)))
    for scale in (0.667, 0.7):
        for how in ("area", "linear"):
            name = f"gap_2_scaled_{_number(scale)}_{how}"
            cases.append(
                CallCase(
                    name, "scaled", counts=(25, 49), pictures_px=_MEDIUM_PX, gap_px=2, corner_px=0,
                    degrade=Degrade(scale, how),
                )
            )  # fmt: skip
    return cases


def _compressed() -> list[CallCase]:
    cases = [CallCase(f"jpeg_{quality}", "jpeg", degrade=Degrade(jpeg=quality)) for quality in (95, 85, 70, 60)]
    cases += [
        CallCase("gap_4_jpeg_70", "jpeg", counts=(25,), gap_px=4, degrade=Degrade(jpeg=70)),
        CallCase("jpeg_60_49_tiles", "jpeg", bare_detector=True, counts=(49,), degrade=Degrade(jpeg=60)),
    ]
    cases += [
        CallCase(
            f"article_{_number(scale)}_jpeg_{quality}", "articles", gap_px=gap, corner_px=4 if gap else 0,
            degrade=Degrade(scale, how, quality),
        )
        for scale, how, quality, gap in (
            (0.5, "area", 85, 6), (0.5, "lanczos", 75, 4), (0.667, "linear", 80, 2), (0.8, "area", 70, 3),
            (0.667, "area", 85, 0), (1.25, "linear", 75, 2), (1.5, "lanczos", 80, 4),
        )
    ]  # fmt: skip
    recorded = [(Codec.H264, 18), (Codec.H264, 23), (Codec.H264, 30), (Codec.VP8, 20), (Codec.VP9, 32)]
    cases += [
        CallCase(f"{codec}_{quality}", "recorded", pictures_px=_MEDIUM_PX, recorded=RecordedAs(codec, quality))
        for codec, quality in recorded
    ]
    thirteen = CallCase(
        "h264_23_13_tiles", "recorded", counts=(13,), pictures_px=_SMALL_PX, recorded=RecordedAs(Codec.H264, 23)
    )
    lines = [
        CallCase(f"line_{codec}", "recorded", counts=(9, 12), pictures_px=_MEDIUM_PX, line=codec) for codec in Codec
    ]
    return [*cases, thirteen, *lines]


def _looks() -> list[CallCase]:
    themes = [CallCase(f"theme_{theme}", "themes", theme=theme) for theme in (Theme.DARK, Theme.LIGHT, Theme.COLOURED)]
    zooms = [CallCase(str(theme), "themes", theme=theme) for theme in (Theme.ZOOM_34_ON_26, Theme.ZOOM_34_ON_17)]
    grounds = [
        CallCase(f"ground_{ground}", "grounds", gap_px=8, ground=ground)
        for ground in (Ground.GRADIENT, Ground.PHOTO, Ground.BLURRED)
    ]
    corners = [CallCase(f"corners_{px}", "corners", gap_px=8, corner_px=px) for px in (4, 8, 12, 20)]
    corners += [
        CallCase(f"corners_{px}_bordered", "corners", gap_px=8, corner_px=px, border_px=2) for px in (4, 12, 20)
    ]
    shapes = [
        CallCase(f"tiles_{name}", "shapes", shape=shape)
        for name, shape in (("4_3", 4 / 3), ("1_1", 1.0), ("9_16", 9 / 16))
    ]
    return [*themes, *zooms, *grounds, *corners, *shapes]


def _places() -> list[CallCase]:
    phones = [CallCase(f"upright_{fit}", "phones", fit=fit) for fit in Fit if fit is not Fit.FILLED]
    tight = Surroundings.TIGHT
    regions = [
        CallCase("tight_gallery", "regions", surroundings=tight),
        CallCase("tight_row", "regions", surroundings=tight, arrangement=Arrangement.ROW, counts=(3, 4, 5, 6)),
        CallCase("tight_column", "regions", surroundings=tight, arrangement=Arrangement.COLUMN, counts=(3, 4, 5)),
        CallCase("tight_gap_0", "regions", surroundings=tight, gap_px=0, corner_px=0),
        CallCase("tight_phones", "regions", surroundings=tight, fit=Fit.PHONES_BLACK, counts=(4, 6, 9)),
    ]
    sizes = [
        CallCase("one_large_two_three", "sizes", arrangement=Arrangement.ONE_TWO_THREE),
        CallCase("quad_and_column", "sizes", arrangement=Arrangement.QUAD_COLUMN, theme=Theme.DARK),
        CallCase("speaker_column", "sizes", arrangement=Arrangement.STRIP_RIGHT, counts=(4, 5, 6), gap_px=4),
        CallCase(
            "speaker_column_gap_0",
            "sizes",
            arrangement=Arrangement.STRIP_RIGHT,
            counts=(4, 5, 6),
            gap_px=0,
            corner_px=0,
        ),
        CallCase("strip_left", "sizes", arrangement=Arrangement.STRIP_LEFT, counts=(4, 5, 6)),
        CallCase("strip_above", "sizes", arrangement=Arrangement.STRIP_ABOVE, counts=_STRIPS),
        CallCase("strip_below", "sizes", arrangement=Arrangement.STRIP_BELOW, counts=_STRIPS),
        CallCase(
            "self_view_over_gallery",
            "sizes",
            arrangement=Arrangement.SELF_VIEW,
            counts=(5, 7, 10),
            gap_px=8,
        ),
        CallCase("picture_in_picture", "sizes", arrangement=Arrangement.PICTURE_IN_PICTURE),
    ]
    below, left, right = Arrangement.SHARED_BELOW, Arrangement.SHARED_LEFT, Arrangement.SHARED_RIGHT
    shared = [
        CallCase(
            "strip_above_slide", "shared", arrangement=below, counts=_STRIPS, gap_px=0, corner_px=0,
            shape=4 / 3, shared=Shared.SLIDE,
        ),
        CallCase(
            "strip_above_slide_and_panel", "shared", arrangement=below, counts=_STRIPS, gap_px=0, corner_px=0,
            shape=4 / 3, shared=Shared.SLIDE, panel=Panel.PEOPLE,
        ),
        CallCase(
            "column_beside_whiteboard", "shared", arrangement=left, counts=(3, 4, 5), gap_px=0, corner_px=0,
            shared=Shared.WHITEBOARD,
        ),
        CallCase("gallery_beside_chat", "shared", arrangement=right, counts=(4, 6, 9), shared=Shared.CHAT),
        CallCase("gallery_beside_chart", "shared", arrangement=right, counts=(4, 6, 9), shared=Shared.CHART),
        CallCase("gallery_beside_cards", "shared", arrangement=right, counts=(4, 6, 9), shared=Shared.CARDS),
        CallCase("gallery_beside_faces", "shared", arrangement=right, counts=(4, 6, 9), shared=Shared.FACES),
        CallCase("strip_above_faces", "shared", arrangement=below, counts=_STRIPS, shared=Shared.FACES),
    ]  # fmt: skip
    return [*phones, *regions, *sizes, *shared]


def _around() -> list[CallCase]:
    overlays = [CallCase(f"{overlay}_over_tiles", "overlays", overlay=overlay) for overlay in Overlay]
    panels = [CallCase(f"{panel}_panel", "panels", panel=panel) for panel in Panel]
    windows = [
        CallCase(f"{kind}_bars", "windows", surroundings=kind) for kind in (Surroundings.WINDOWS, Surroundings.MACOS)
    ]
    cameras = [
        CallCase("nearly_black_cameras", "cameras", bare_detector=True, cameras=Cameras.NEARLY_BLACK),
        CallCase("white_walls", "cameras", cameras=Cameras.WHITE_WALLS),
        CallCase("posters", "cameras", counts=(4, 6, 9, 12), cameras=Cameras.POSTERS),
        CallCase("photos_as_avatars", "cameras", cameras=Cameras.PHOTOS),
        CallCase("all_cameras_off", "cameras", cameras=Cameras.ALL_OFF),
        CallCase("photos_as_avatars_gap_0", "cameras", cameras=Cameras.PHOTOS, gap_px=0, corner_px=0, theme=Theme.DARK),
    ]
    return [*overlays, *panels, *windows, *cameras]


def _without_tiles() -> list[CallCase]:
    seats = [CallCase(str(scene), "scenes", scene=scene) for scene in (Scene.TOGETHER, Scene.AMPHITHEATRE)]
    photographed = CallCase(
        "monitor_at_an_angle", "photographed", bare_detector=True, counts=(9, 12, 16), pictures_px=((1920, 1080),),
        degrade=Degrade(photographed=True),
    )  # fmt: skip
    compressed = CallCase(
        "monitor_at_an_angle_jpeg", "photographed", bare_detector=True, counts=(9, 12, 16),
        pictures_px=_MEDIUM_PX, degrade=Degrade(jpeg=80, photographed=True),
    )  # fmt: skip
    others = [
        CallCase(str(scene), "no_call", scene=scene) for scene in Scene if not CallCase("", "", scene=scene).is_call
    ]
    return [*seats, photographed, compressed, *others]


CASES: Final[Mapping[str, CallCase]] = {
    case.name: case
    for case in (*_gaps(), *_scaled(), *_compressed(), *_looks(), *_places(), *_around(), *_without_tiles())
}


_sheets = lru_cache(maxsize=2)(load_sheets)  # many calls are made one after the other


def make_call(
    case: CallCase, resources: Path, seed: int, split: PeopleSplit, portraits: Path | None = None
) -> CaseCall:
    """A call of that case; what the case leaves open is drawn from the seed.

    With `portraits`, a folder of pictures of real people, half of the people are these. Raises SourceError where files
    of people are missing.
    """
    # A name's own number is the same in every run, unlike its hash.
    rng = np.random.default_rng([seed, list(PeopleSplit).index(split), zlib.crc32(case.name.encode())])
    frame_px = case.pictures_px[int(rng.integers(len(case.pictures_px)))]
    canvas_px = canvas_for(frame_px, case.degrade)
    starts_s = float(rng.uniform(0, 60))
    # Photos have a background of their own, and cannot sit in a hall.
    portraits = portraits if case.scene is Scene.TILES else None
    people = Cast(resources, split, portraits, sheets=_sheets(resources, split), pictured=_PICTURED)
    scene: DrawnScene
    if case.scene is Scene.TILES:
        scene = TileScene(case, rng, canvas_px, people)
    elif case.is_call:
        scene = SeatsScene(case, rng, canvas_px, people)
    else:
        scene = NoCall(case, rng, canvas_px, people)
    degrader = make_degrader(rng, case.degrade, scene.canvas_px)
    return CaseCall(case, scene, degrader, starts_s)
