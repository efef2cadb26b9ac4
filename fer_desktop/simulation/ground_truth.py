"""The ground truth of a frame of a simulated call."""

from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.simulation.layout import Box, Layout, View

FloatBox = tuple[float, float, float, float]  # x0, y0, x1, y1 px


class Avatar(StrEnum):
    """What the tile of a camera that is off shows."""

    NONE = "none"  # the camera is on
    INITIALS = "initials"  # or the name
    PORTRAIT = "portrait"  # a picture that never moves


@dataclass(frozen=True, slots=True)
class CallTile:
    """The ground truth of one tile."""

    participant: int
    tile_xyxy: Box  # px of the frame
    camera_on: bool
    avatar: Avatar
    face_xyxy: FloatBox | None  # px of the frame, the whole face; None where the camera is off
    face_share: float  # 0-1 of the face's box that is inside the tile; 0 where the camera is off
    expression: int | None  # index into EXPRESSIONS; None where the camera is off, and for a portrait from a folder
    changing: bool  # between two expressions
    degradation: str  # a value of script.Degradation; empty where there is none

    @property
    def face_height_px(self) -> float:
        """Of the whole face; 0 where the camera is off."""
        return self.face_xyxy[3] - self.face_xyxy[1] if self.face_xyxy else 0.0

    @property
    def seen_xyxy(self) -> FloatBox | None:
        """The part of the face that is inside the tile; None where nothing is."""
        if self.face_xyxy is None or not self.face_share:
            return None
        x0, y0, x1, y1 = self.face_xyxy
        left, top, right, bottom = self.tile_xyxy
        return max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)


@dataclass(frozen=True, slots=True)
class CallTruth:
    """The ground truth of one frame."""

    layout: Layout
    tiles: tuple[CallTile, ...]  # as the layout's tiles follow one another
    participants: tuple[int, ...]  # all in the call, on any page
    cameras_on: int  # of all participants in the call
    speaker: int | None
    page: int  # from 0
    pages: int
    transitioning: bool  # the layout or the seating changed within the last half second, or the window is moving

    @property
    def view(self) -> View:
        """How the call is looked at."""
        return self.layout.view

    @property
    def visible(self) -> tuple[int, ...]:
        """The participants of the visible tiles, by place."""
        return tuple(tile.participant for tile in self.tiles)


def share_inside(face: FloatBox, tile: Box) -> float:
    """The share 0-1 of a face's box that lies in the tile."""
    width = min(face[2], tile[2]) - max(face[0], tile[0])
    height = min(face[3], tile[3]) - max(face[1], tile[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / ((face[2] - face[0]) * (face[3] - face[1]))
