"""Whether the cameras of a gallery's tiles are on, from how their pictures look and move."""

from collections.abc import Iterable, Sequence
from typing import Final

from fer_desktop.core.seats.stillness import Motion, Stillness
from fer_desktop.core.seats.tile_evidence import TileFeatures
from fer_desktop.core.seats.tile_pictures import plainly_avatar, with_dark_ones_lit
from fer_desktop.core.types import Tile

# A picture that never moved for this long is not from a camera: an avatar, since a tile is a participant's.
STILL_S: Final = 4.0


class TileCameras:
    """What is known of the seats' cameras. Not thread-safe."""

    def __init__(self) -> None:
        self._stillness = Stillness(STILL_S)
        self._last: dict[int, tuple[bool, bool]] = {}  # by seat, whether it is on, and frozen

    def tiles(
        self, seats: Sequence[int], features: TileFeatures, now_s: float, covered: frozenset[int] = frozenset()
    ) -> list[Tile]:
        """The tiles of these seats, each on unless it is plain that it is not; those `covered`, by index, as before."""
        seen = [index for index in range(len(seats)) if index not in covered]
        thumbs, places = with_dark_ones_lit(features.thumbs)[seen], features.xyxy[seen]
        motions = self._stillness.update([seats[index] for index in seen], thumbs, now_s, places)
        tiles = []
        for index, (seat, xyxy, thumb) in enumerate(zip(seats, features.xyxy, features.thumbs, strict=True)):
            if index in covered:
                on, frozen = self._last.get(seat, (not plainly_avatar(thumb), False))
            else:
                frozen = motions[seat] is Motion.FROZEN
                moved = self._stillness.moved_within(seat, STILL_S)
                on = frozen or moved or (motions[seat] is not Motion.STILL and not plainly_avatar(thumb))
            tiles.append(Tile(xyxy, seat, on, frozen=frozen))
            self._last[seat] = on, frozen
        return tiles

    def merge(self, seat: int, into: int) -> None:
        """What is known of a seat is from now on known of the one that replaced it, if it is newer."""
        self._stillness.merge(seat, into)
        self._last.pop(seat, None)

    def keep(self, seats: Iterable[int]) -> None:
        """Forgets all other seats."""
        kept = set(seats)
        self._stillness.keep(kept)
        self._last = {seat: known for seat, known in self._last.items() if seat in kept}
