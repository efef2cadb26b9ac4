"""What a case is: which layout, on which ground, under what, and what then happens to the picture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fer_desktop.simulation.recording import Codec

PICTURES_PX: Final = ((1280, 720), (1366, 768), (1920, 1080), (2560, 1440))
COUNTS: Final = (9, 12, 16, 20, 25)


class Scene(StrEnum):
    """What the picture shows."""

    TILES = "tiles"  # a call
    TOGETHER = "together"  # people cut out, in the seats of one room
    AMPHITHEATRE = "amphitheatre"
    SPREADSHEET = "spreadsheet"  # no call, as what follows
    PHOTO_WALL = "photo_wall"
    NEWS_SITE = "news_site"
    BOARD_GAME = "board_game"
    FILM = "film"
    WHITEBOARD = "whiteboard"
    DOCUMENT = "document"
    DESKTOP = "desktop"


class Arrangement(StrEnum):
    """Where the tiles are."""

    GALLERY = "gallery"
    ROW = "row"
    COLUMN = "column"
    ONE_TWO_THREE = "one_two_three"  # a large one, two beside it, three below
    QUAD_COLUMN = "quad_column"  # two by two large ones, and a column of three
    STRIP_ABOVE = "strip_above"  # small ones, of a large one
    STRIP_BELOW = "strip_below"
    STRIP_LEFT = "strip_left"
    STRIP_RIGHT = "strip_right"
    SHARED_BELOW = "shared_below"  # a strip, and below it what is shared
    SHARED_LEFT = "shared_left"  # a column, and left of it what is shared
    SHARED_RIGHT = "shared_right"  # a gallery, and right of it what is shared
    PICTURE_IN_PICTURE = "picture_in_picture"
    SELF_VIEW = "self_view"  # one small tile over the corner of a gallery of the others


class Ground(StrEnum):
    """What is between and around the tiles."""

    FLAT = "flat"
    OWN_GAP = "own_gap"  # flat, with another colour between the tiles
    GRADIENT = "gradient"
    PHOTO = "photo"
    BLURRED = "blurred"


class Theme(StrEnum):
    """The colours of the program."""

    ANY = "any"
    DARK = "dark"
    LIGHT = "light"
    COLOURED = "coloured"
    ZOOM_34_ON_26 = "zoom_34_on_26"  # grey tiles on a grey ground
    ZOOM_34_ON_17 = "zoom_34_on_17"


class Plates(StrEnum):
    """Where names stand."""

    ANY = "any"
    OF_STYLE = "of_style"  # as Zoom, Meet or Teams have them
    PILL = "pill"  # a rounded plate at the lower left, away from the edges
    CENTRED = "centred"  # in the middle of the lower edge, without a plate
    TOP = "top"  # at the upper left
    NONE = "none"


class Fit(StrEnum):
    """How a camera's picture fills its tile."""

    FILLED = "filled"  # cut where it has another shape
    PHONES_BLACK = "phones_black"  # half are upright phones, between pillars of black
    PHONES_BLURRED = "phones_blurred"  # of their own picture, blurred
    PHONES_GROUND = "phones_ground"  # of the ground's colour


class Surroundings(StrEnum):
    """What is around the stage."""

    ANY = "any"  # nothing, the program's bars, or a desktop as well
    NOTHING = "nothing"
    TIGHT = "tight"  # nothing, and cut closely round the tiles
    BARS = "bars"  # the program's window
    WINDOWS = "windows"  # title bar and task bar
    MACOS = "macos"  # menu bar, title bar and dock


class Shared(StrEnum):
    """What is shared beside the tiles."""

    SLIDE = "slide"
    FACES = "faces"  # a slide with photos of people
    WHITEBOARD = "whiteboard"
    CHAT = "chat"
    CHART = "chart"
    CARDS = "cards"


class Overlay(StrEnum):
    """What lies over the tiles."""

    DIALOG = "dialog"
    MENU = "menu"
    REACTIONS = "reactions"
    BUTTONS = "buttons"
    CAPTIONS = "captions"  # what is said, along the lower edge


class Panel(StrEnum):
    """What is open at the side of the window."""

    CHAT = "chat"
    PEOPLE = "people"  # with small round avatars


class Cameras(StrEnum):
    """What the cameras are like."""

    USUAL = "usual"
    NEARLY_BLACK = "nearly_black"
    WHITE_WALLS = "white_walls"
    ALL_OFF = "all_off"
    POSTERS = "posters"  # portraits hang behind the participants
    PHOTOS = "photos"  # more than half are off and show a photo


@dataclass(frozen=True, slots=True)
class Degrade:
    """What happens to the finished picture."""

    scale: float = 1.0
    interpolation: str = "area"  # or linear, cubic, lanczos
    jpeg: int | None = None  # quality, 1-100
    photographed: bool = False  # off a monitor, at an angle


@dataclass(frozen=True, slots=True)
class RecordedAs:
    """The encoder that the frames go through at last."""

    codec: Codec
    quality: int  # crf, for VP8 the quantizer; more is worse


@dataclass(frozen=True, slots=True)
class CallCase:
    """A named kind of picture; what it leaves open is drawn from the seed."""

    name: str
    group: str
    bare_detector: bool = False  # only asked: 90 %, and not worse than the detector on the whole frame
    scene: Scene = Scene.TILES
    arrangement: Arrangement = Arrangement.GALLERY
    counts: tuple[int, ...] = COUNTS  # how many tiles; one of these
    pictures_px: tuple[tuple[int, int], ...] = PICTURES_PX  # width and height of the frame; one of these
    gap_px: int | None = None  # before scaling; None is the style's own
    fractional: bool = False  # tiles begin and end between pixels
    shape: float = 16 / 9  # a tile's width over its height
    corner_px: float | None = None  # None is the style's own
    border_px: int = 0  # a line of its own colour round each tile
    ground: Ground = Ground.FLAT
    theme: Theme = Theme.ANY
    plates: Plates = Plates.ANY
    fit: Fit = Fit.FILLED
    cameras: Cameras = Cameras.USUAL
    surroundings: Surroundings = Surroundings.ANY
    shared: Shared | None = None
    overlay: Overlay | None = None
    panel: Panel | None = None
    degrade: Degrade = Degrade()
    line: Codec | None = None  # the encoder of each camera's line; None is JPEG
    recorded: RecordedAs | None = None

    @property
    def is_coded(self) -> bool:
        """Whether it cannot be played without encoders."""
        return self.line is not None or self.recorded is not None

    @property
    def is_call(self) -> bool:
        """Whether there are participants at all."""
        return self.scene in (Scene.TILES, Scene.TOGETHER, Scene.AMPHITHEATRE)
