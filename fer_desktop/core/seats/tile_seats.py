"""Which participant a tile of a call's gallery belongs to.

A seat is recognised by how its tile looks: the pixels of the name plate, the colours of the room, the avatar, its
place. No name is read, and nothing outlives the session.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.seats.succession import SeatSuccession
from fer_desktop.core.seats.tile_cameras import TileCameras
from fer_desktop.core.seats.tile_evidence import (
    ROOM_RANGE,
    SAME_SIZE,
    TileFeatures,
    aligned_line_similarity,
    avatar_log_odds,
    border_log_odds,
    distinct_avatars,
    distinct_by,
    line_similarity,
    plate_log_odds,
)
from fer_desktop.core.seats.tile_memory import SeatMemory
from fer_desktop.core.types import FloatArray, Tile

# A tile with less evidence for every known seat belongs to somebody new.
MIN_LOG_ODDS: Final = 1.9
_MARGIN: Final = 0.5  # to the next best seat: a new seat does less harm than somebody else's
_PLACE_LOG_ODDS: Final = 1.0  # little, since any reordering changes all places
_SAME_LINE: Final = 0.88  # correlation of lines that consist of the same pixels
# Evidence from which on a second seat is merged into the one its participant already had.
_SAME_PERSON: Final = 3.0
_AS_MUCH: Final = 1.0  # by which the evidence for two seats may differ where both are one person's
# A place means little once the tiles have had time to move.
_PLACE_HOLDS_S: Final = 5.0
_STAYED: Final = 0.9  # overlap of a tile with its earlier place
MOST_SEATS: Final = 200  # remembered: four pages; more where more are visible


class TileSeats:
    """The seats of one gallery. Not thread-safe."""

    def __init__(self, numbers: Iterator[int] | None = None) -> None:
        """`numbers` for new seats; None: from 1 on."""
        self._seats: list[SeatMemory] = []
        self._numbers = numbers or itertools.count(1)
        self._tile_px = (0.0, 0.0)  # of the last frame
        self._together: set[int] = set()  # the seats of the last frame
        self._cameras = TileCameras()
        self.succession = SeatSuccession()
        self.merged: tuple[tuple[int, int], ...] = ()  # in the last frame: a seat, and the one that replaced it

    def __len__(self) -> int:
        return len(self._seats)

    def assign(
        self,
        features: TileFeatures,
        now_s: float,
        kept: Collection[int] = (),
        before: Mapping[int, int] = MappingProxyType({}),
        covered: frozenset[int] = frozenset(),
    ) -> list[Tile]:
        """The tiles with their seats; a tile that resembles no known seat gets a new one.

        The seats `kept` are never forgotten: whoever is excluded must be recognised at any time. `before` has, by the
        tile's index, the seat that its face had without a tile: a new tile takes it over, any other replaces it.
        Of the tiles `covered`, by index, nothing is learnt, and their cameras are as they were.
        """
        chosen: dict[int, SeatMemory] = {}
        self.merged = ()
        if self._seats and len(features):
            place = self._place_overlap(features, now_s)
            self._settle(chosen, features, place)
            self._recognise(chosen, features)
            self._compare(chosen, features, place)
        for index in range(len(features)):
            if index not in chosen:
                chosen[index] = self._by_number(before.get(index), chosen) or self._new(
                    features, index, now_s, before.get(index)
                )
            if index in covered and chosen[index].is_known:
                chosen[index].stay(features, index, now_s)
            else:
                chosen[index].learn(features, index, now_s)
        self._replace(before, chosen)
        self._note_together({seat.number for seat in chosen.values()}, chosen.values())
        self._forget({seat.number for seat in chosen.values()} | {self.succession.current(seat) for seat in kept})
        self._tile_px = _tile_px(features)
        self._cameras.keep(seat.number for seat in self._seats)
        return self._cameras.tiles([chosen[index].number for index in range(len(features))], features, now_s, covered)

    def _place_overlap(self, features: TileFeatures, now_s: float) -> FloatArray:
        """(S, N) 0-1: whether a tile is where the seat was; by reading order where the tile size changed."""
        if np.allclose(self._tile_px, _tile_px(features), rtol=SAME_SIZE):
            place = iou_matrix(np.stack([seat.xyxy for seat in self._seats]), features.xyxy)
        else:
            order = np.array([seat.place for seat in self._seats])
            place = (order[:, None] == np.arange(len(features))[None]).astype(np.float32)
        place[[now_s - seat.seen_s > _PLACE_HOLDS_S for seat in self._seats]] = 0.0
        return place

    def _settle(self, chosen: dict[int, SeatMemory], features: TileFeatures, place: FloatArray) -> None:
        """Matches tiles with the same text at the same place as before: nearly all, nearly always."""
        pairs = [
            (index, self._seats[row], plate[0])
            for index, row in enumerate(place.argmax(axis=0))
            if place[row, index] > _STAYED
            for _, plate in self._seats[row].plates[-1:]  # the one that was seen last
        ]
        if pairs:
            seen = features.plates[[index for index, _, _ in pairs], 0]
            known = np.stack([line for _, _, line in pairs])
            # Most lines are the very ones of the frame before, since unchanged letters are not read again.
            changed = (known != seen).any(axis=1)
            agree = np.ones(len(pairs), np.float32)
            agree[changed] = aligned_line_similarity(known[changed], seen[changed])
            chosen.update(
                {index: seat for (index, seat, _), share in zip(pairs, agree, strict=True) if share >= _SAME_LINE}
            )

    def _recognise(self, chosen: dict[int, SeatMemory], features: TileFeatures) -> None:
        """Matches tiles with the same text as an earlier tile of that size, wherever that was."""
        columns = [index for index in _left(features, chosen) if features.plates[index].any()]
        if not columns:
            return
        heights = features.heights[columns]
        known = [
            (seat, plate)
            for seat in self._free(chosen)
            for height, plate in seat.plates
            if np.abs(height / heights - 1).min() <= SAME_SIZE
        ]
        if not known:
            return
        alike = line_similarity(np.stack([plate for _, plate in known]), features.plates[columns], off_px=2)
        taken: set[int] = set()
        for row, column in match_greedily(alike, _SAME_LINE):
            seat = known[row][0]
            if seat.number not in taken:
                chosen[columns[column]] = seat
                taken.add(seat.number)

    def _compare(self, chosen: dict[int, SeatMemory], features: TileFeatures, place: FloatArray) -> None:
        """Matches the remaining tiles with the remaining seats by all evidence."""
        seats, columns = self._free(chosen), _left(features, chosen)
        if not seats or not columns:
            return
        taken = {seat.number for seat in chosen.values()}
        rows = [row for row, seat in enumerate(self._seats) if seat.number not in taken]
        part, at = features.only(columns), place[np.ix_(rows, columns)]
        plates, others = self._evidence(seats, features, columns, part)
        log_odds = plates + others + _PLACE_LOG_ODDS * at
        self._merge(seats, log_odds, plates, at)
        for row, column in _sure_pairs(log_odds, seats):
            chosen[columns[column]] = seats[row]
        self._stay(chosen, seats, columns, at, plates != 0)

    def _evidence(
        self, seats: Sequence[SeatMemory], features: TileFeatures, columns: list[int], part: TileFeatures
    ) -> tuple[FloatArray, FloatArray]:
        """(S, N) log odds from the plates, and from everything else but the place."""
        plates = [(height, plate) for seat in seats for height, plate in seat.plates]
        lines = np.stack([plate for _, plate in plates]) if plates else np.zeros((0, 1, 1), np.float32)
        heights = np.array([height for height, _ in plates], np.float32)
        written = plate_log_odds(lines, heights, _owners([seat.plates for seat in seats]), len(seats), part)
        border_colours = border_log_odds(
            np.stack([look for seat in seats for look in seat.border_colours]),
            _owners([seat.border_colours for seat in seats]),
            len(seats),
            part.border_colours,
            # Tiles with avatars all have the same background.
            np.where(part.avatars.any(axis=1), 0, distinct_by(features.border_colours, ROOM_RANGE)[columns]),
        )
        shown = [avatar for seat in seats for avatar in seat.avatars]
        avatars = avatar_log_odds(
            np.stack(shown) if shown else np.zeros((0, 1), np.float32),
            _owners([seat.avatars for seat in seats]),
            len(seats),
            part.avatars,
            distinct_avatars(features.avatars)[columns],
        )
        return written, border_colours + avatars

    def _merge(self, seats: Sequence[SeatMemory], log_odds: FloatArray, plates: FloatArray, place: FloatArray) -> None:
        """Merges a seat into an older one where a tile fits both and they were never visible together."""
        for column in range(log_odds.shape[1]):
            alike = [int(row) for row in np.flatnonzero(log_odds[:, column] >= _SAME_PERSON)]
            if len(alike) < 2:
                continue
            older, younger, *_ = sorted(alike, key=lambda row: seats[row].number)
            # The name decides: a room that was first seen on the younger seat is evidence for that one alone.
            as_much = log_odds[older, column] >= log_odds[younger, column] - _AS_MUCH
            clearer = plates[older, column] >= plates[younger, column] + _AS_MUCH
            if (as_much or clearer) and seats[younger].number not in seats[older].seen_with:
                log_odds[older] = np.maximum(log_odds[older], log_odds[younger])
                place[older] = np.maximum(place[older], place[younger])
                log_odds[younger], place[younger] = -np.inf, 0.0
                self._merge_into(seats[younger], seats[older])

    def _merge_into(self, seat: SeatMemory, older: SeatMemory) -> None:
        """Moves all that is known of the seat to the older one."""
        older.take_over(seat)
        self._seats = [one for one in self._seats if one is not seat]
        for one in self._seats:
            if seat.number in one.seen_with:
                one.seen_with = one.seen_with - {seat.number} | {older.number}
        self._cameras.merge(seat.number, older.number)
        self.succession.merge(seat.number, older.number)
        self.merged = (*self.merged, (seat.number, older.number))

    def _stay(
        self,
        chosen: dict[int, SeatMemory],
        seats: Sequence[SeatMemory],
        columns: list[int],
        place: FloatArray,
        compared: npt.NDArray[np.bool_],
    ) -> None:
        """Gives a nameless tile that looks new to the seat that was there, where most others have kept their places.

        A tile looks new when its camera is switched off.
        """
        row_of = {seat.number: row for row, seat in enumerate(seats)}
        found = [(k, row_of[chosen[c].number]) for k, c in enumerate(columns) if c in chosen]
        settled = len(chosen) - len(found)
        # After a page turn nobody is where they were, and where nobody is recognised, places prove nothing.
        if 2 * (settled + sum(place[row, k] > _STAYED for k, row in found)) <= len(chosen):
            return
        taken = {row for _, row in found}
        for k, column in enumerate(columns):
            row = int(place[:, k].argmax())
            if column not in chosen and place[row, k] > _STAYED and row not in taken and not compared[row, k]:
                chosen[column] = seats[row]

    def _free(self, chosen: dict[int, SeatMemory]) -> list[SeatMemory]:
        taken = {seat.number for seat in chosen.values()}
        return [seat for seat in self._seats if seat.number not in taken]

    def _note_together(self, numbers: set[int], seats: Iterable[SeatMemory]) -> None:
        if numbers != self._together:
            for seat in seats:
                seat.seen_with |= numbers
            self._together = numbers

    def _by_number(self, number: int | None, chosen: Mapping[int, SeatMemory]) -> SeatMemory | None:
        """The free seat of that number: its tile was gone for a while, and its face was not."""
        return next((seat for seat in self._free(dict(chosen)) if seat.number == number), None)

    def _replace(self, before: Mapping[int, int], chosen: Mapping[int, SeatMemory]) -> None:
        """Tells which seats by face turned out to be those of tiles that were known already."""
        numbers = {seat.number for seat in chosen.values()}
        for index, number in before.items():
            # A number that another tile has now belongs there.
            if number not in numbers:
                self.succession.merge(number, chosen[index].number)
                self.merged = (*self.merged, (number, chosen[index].number))

    def _new(self, features: TileFeatures, index: int, now_s: float, number: int | None = None) -> SeatMemory:
        """A seat for somebody new, with the number it had without a tile where that is no other's."""
        if number is None or any(seat.number == number for seat in self._seats):
            number = next(self._numbers)
        seat = SeatMemory(number, features.xyxy[index], index, features.thumbs[index], now_s)
        self._seats.append(seat)
        return seat

    def _forget(self, kept: set[int]) -> None:
        """Keeps memory bounded in a gallery that never shows anybody twice; seats `kept` are never forgotten."""
        most = max(MOST_SEATS, len(kept))
        if len(self._seats) > most:
            self._seats = sorted(self._seats, key=lambda seat: (seat.number in kept, seat.seen_s))[-most:]
            remembered = {seat.number for seat in self._seats}
            for seat in self._seats:
                seat.seen_with &= remembered


def _left(features: TileFeatures, chosen: dict[int, SeatMemory]) -> list[int]:
    return [index for index in range(len(features)) if index not in chosen]


def _sure_pairs(log_odds: FloatArray, seats: Sequence[SeatMemory]) -> list[tuple[int, int]]:
    """Pairs (row, column) by descending log odds, each once; none where another free seat has nearly as much.

    Two seats that were never visible together may be one person's, so they do not cast doubt on each other.
    """
    left, pairs = log_odds.copy(), []
    while left.size and left.max() >= MIN_LOG_ODDS:
        row, column = (int(index) for index in np.unravel_index(left.argmax(), left.shape))
        nearly = [int(other) for other in np.flatnonzero(left[:, column] > left[row, column] - _MARGIN)]
        if not any(seats[other].number in seats[row].seen_with for other in nearly if other != row):
            pairs.append((row, column))
            left[row] = -np.inf
        left[:, column] = -np.inf
    return pairs


def _owners(items: Sequence[Sequence[object]]) -> npt.NDArray[np.int64]:
    """The row that each of the items belongs to, in order."""
    return np.repeat(np.arange(len(items)), [len(row) for row in items])


def _tile_px(features: TileFeatures) -> tuple[float, float]:
    """The median width and height of the tiles, so that one larger speaker tile does not count."""
    if not len(features):
        return 0.0, 0.0
    width, height = np.median(features.xyxy[:, 2:] - features.xyxy[:, :2], axis=0)
    return float(width), float(height)
