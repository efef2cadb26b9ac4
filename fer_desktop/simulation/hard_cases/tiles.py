"""A participant's tile in a case: the camera's picture in any shape, or an avatar, and the name."""

import math
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from fer_desktop.core.types import Image
from fer_desktop.simulation.cast.participants import CallPeople
from fer_desktop.simulation.ground_truth import FloatBox
from fer_desktop.simulation.hard_cases.case import Fit, Plates
from fer_desktop.simulation.hard_cases.pasting import outer_px, resized
from fer_desktop.simulation.hard_cases.truth import area, common
from fer_desktop.simulation.layout import Style, Theme
from fer_desktop.simulation.render.drawing import BOLD, REGULAR, Colour, fill_rounded, fitting, text_width, write
from fer_desktop.simulation.render.tiles import TileContent, avatar_tile, portrait_box, put_frame, put_name

_SHAPE: Final = 16 / 9  # of the pictures that cameras send
_UPRIGHT: Final = 9 / 16
_WHITE: Final[Colour] = (245, 245, 245)


@dataclass(frozen=True, slots=True)
class TileLook:
    """How the tiles of one call are drawn."""

    style: Style
    theme: Theme
    scale: float  # of lines; 1 is full size
    plates: Plates
    fit: Fit
    phones: frozenset[int]  # participants with an upright phone
    corner_px: float
    border_px: int
    border: Colour


@dataclass(frozen=True, slots=True, eq=False)
class DrawnTile:
    """A tile, and what is true of it."""

    picture: Image  # (H, W, 3), of outer_px of its box
    face_xyxy: FloatBox | None  # px of the canvas, the part inside the tile
    face_share: float
    decoy_face: FloatBox | None  # px of the canvas: in the portrait of a camera that is off, or on a poster


def draw_tile(
    people: CallPeople,
    participant: int,
    camera_on: bool,
    script_s: float,
    box: FloatBox,
    look: TileLook,
    speaking: bool,
) -> DrawnTile:
    """The participant's tile at that time; `box` is px of the canvas."""
    identity = people.identities[participant]
    portrait = None if camera_on else people.portrait(participant)
    muted = not speaking and not identity.open_microphone
    content = TileContent(participant, identity.name, None, "", portrait, speaking, muted)
    if camera_on:
        tile = _camera_tile(people, participant, script_s, box, look)
    else:
        decoy = None
        if portrait is not None:
            decoy = _avatar_face(people.likeness(participant)[1], portrait, box, look.style)
        tile = DrawnTile(avatar_tile(content, look.style, look.theme, outer_px(box)), None, 0.0, decoy)
    _put_name(tile.picture, content, look)
    corner_px = math.ceil(look.corner_px)
    if look.border_px:
        put_frame(tile.picture, corner_px, look.border_px, look.border)
    if speaking:
        put_frame(tile.picture, corner_px, max(2.0, look.theme.speaking_px * look.scale), look.theme.speaking)
    return tile


def _camera_tile(people: CallPeople, participant: int, script_s: float, box: FloatBox, look: TileLook) -> DrawnTile:
    """The tile of a camera that is on, without the name."""
    width, height = outer_px(box)
    left, top = math.floor(box[0] + 1e-6), math.floor(box[1] + 1e-6)
    if participant not in look.phones:
        whole = _filled(people, participant, script_s, (left, top, left + width, top + height))
        return _limited(whole, box)
    upright = min(round(height * _UPRIGHT), width)
    x = (width - upright) // 2
    shown = _filled(people, participant, script_s, (left + x, top, left + x + upright, top + height), upright=True)
    tile = np.empty((height, width, 3), np.uint8)
    if look.fit is Fit.PHONES_BLURRED:
        small = cv2.GaussianBlur(cv2.resize(shown.picture, (64, 36), interpolation=cv2.INTER_AREA), (0, 0), 3.0)
        tile[:] = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR) * np.float32(0.8)
    else:
        tile[:] = (0, 0, 0) if look.fit is Fit.PHONES_BLACK else look.theme.ground
    tile[:, x : x + upright] = shown.picture
    return replace(shown, picture=tile)


def _limited(tile: DrawnTile, box: FloatBox) -> DrawnTile:
    """The same where the box ends between pixels: of the face only what is in the box."""
    if tile.face_xyxy is None:
        return tile
    seen = common(tile.face_xyxy, box)
    return replace(tile, face_xyxy=seen, face_share=tile.face_share * area(seen) / area(tile.face_xyxy))


def _filled(
    people: CallPeople, participant: int, script_s: float, shown: tuple[int, int, int, int], upright: bool = False
) -> DrawnTile:
    """The camera's picture, cut to fill the box (px of the canvas)."""
    x0, y0, x1, y1 = shown
    width, height = x1 - x0, y1 - y0
    whole_width = max(width, math.ceil(height * _SHAPE - 1e-6))
    whole_height = max(height, math.ceil(whole_width / _SHAPE - 1e-6))
    left, top = (whole_width - width) // 2, (whole_height - height) // 2
    if upright:
        # Who holds a phone holds it so as to be in the middle.
        face = people.face(participant, 0.0, (0, 0, whole_width, whole_height))
        left = min(max(round((face[0] + face[2] - width) / 2), 0), whole_width - width)
    _, sent = people.picture(participant, script_s, whole_height)
    picture = resized(sent, whole_width, whole_height)[top : top + height, left : left + width].copy()
    x, y = x0 - left, y0 - top
    face = people.face(participant, script_s, (x, y, x + whole_width, y + whole_height))
    limits = (float(x0), float(y0), float(x1), float(y1))
    seen, poster = common(face, limits), people.poster(participant)
    if poster is not None:
        poster_x0, poster_x1 = (x + whole_width * edge for edge in poster[::2])
        poster_y0, poster_y1 = (y + whole_height * edge for edge in poster[1::2])
        poster = common((poster_x0, poster_y0, poster_x1, poster_y1), limits)
    return DrawnTile(picture, seen, area(seen) / area(face), poster)


def _avatar_face(face: FloatBox, portrait: Image, box: FloatBox, style: Style) -> FloatBox:
    """Where the portrait's face is on the canvas."""
    x0, y0, x1, _ = portrait_box(style, outer_px(box))
    unit = (x1 - x0) / portrait.shape[0]
    left, top = math.floor(box[0] + 1e-6) + x0, math.floor(box[1] + 1e-6) + y0
    return left + unit * face[0], top + unit * face[1], left + unit * face[2], top + unit * face[3]


def _put_name(tile: Image, content: TileContent, look: TileLook) -> None:
    height, width = tile.shape[:2]
    if look.plates is Plates.NONE:
        return
    if look.plates is Plates.OF_STYLE:
        put_name(tile, content, look.style)
        return
    size = min(max(round(height * 0.075), 7), 16)
    shown = fitting(content.name, size, max(width - 4 * size, 0), BOLD if look.plates is Plates.CENTRED else REGULAR)
    long, high = text_width(shown, size), round(size * 1.7)
    if look.plates is Plates.CENTRED:
        x, middle = (width - long) // 2, height - round(size * 1.2)
        write(tile, shown, x + 1, middle + 1, size, (20, 20, 20), BOLD)
        write(tile, shown, x, middle, size, _WHITE, BOLD)
        return
    y = round(size * 0.5) if look.plates is Plates.TOP else height - high - round(size * 0.6)
    x = round(size * 0.6)
    fill_rounded(tile, (x, y, x + long + 2 * size, y + high), high / 2, (30, 28, 26), 0.6)
    write(tile, shown, x + size, y + high // 2, size, _WHITE)
