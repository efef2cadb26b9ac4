"""Who sits in which tile of a call's gallery.

A seat is known again by what its tile looks like: the pixels of the name plate, the colours of the room, the avatar,
its place. No name is read, and nothing outlives the session.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.seats.succession import SeatSuccession
from fer_desktop.core.seats.tile_evidence import (
    LOOK_RANGE,
    SAME_SIZE,
    TileFeatures,
    avatar_log_odds,
    border_log_odds,
    distinct_avatars,
    distinct_by,
    lines_agree,
    lines_alike,
    plate_log_odds,
)
from fer_desktop.core.seats.tile_memory import SeatMemory
from fer_desktop.core.types import FloatArray, Tile

# A tile with fewer votes for any seat is somebody else's.
LEAST_VOTES: Final = 1.9
_MARGIN: Final = 0.5  # better a new seat than somebody else's
_PLACE_LOG_ODDS: Final = 1.0  # a place is anybody's after the next reordering
_SAME_LINE: Final = 0.88  # correlation of lines that are drawn with the same pixels
# A seat that was given to somebody who turns out to have had one is given up where so much speaks for it.
_SAME_PERSON: Final = 3.0
_AS_MUCH: Final = 1.0  # votes by which two seats may differ and speak for one person
# A place says little once the others have had time to move.
_PLACE_HOLDS_S: Final = 5.0
_STAYED: Final = 0.9  # overlap of a tile with where it was
MOST_SEATS: Final = 200  # that are remembered, four pages; more where more are in sight


class TileSeats:
    """The seats of one gallery. Not shared between threads."""

    def __init__(self, numbers: Iterator[int] | None = None) -> None:
        """`numbers` are those that new seats get; None: from 1 on."""
        self._seats: list[SeatMemory] = []
        self._numbers = numbers or itertools.count(1)
        self._tile_px = (0.0, 0.0)  # of the last frame
        self._together: set[int] = set()  # the numbers of its seats
        self.succession = SeatSuccession()
        self.merged: tuple[tuple[int, int], ...] = ()  # in the last frame: seats given up, and what each became

    def __len__(self) -> int:
        return len(self._seats)

    def assign(self, features: TileFeatures, now_s: float, kept: Collection[int] = ()) -> list[Tile]:
        """A tile for each of the views, with its seat; a tile that is like no seat gets a new one.

        Of the seats `kept` nothing is ever forgotten: whoever is left out must be known again at any time.
        """
        chosen: dict[int, SeatMemory] = {}
        self.merged = ()
        if self._seats and len(features):
            place = self._places_alike(features, now_s)
            self._settle(chosen, features, place)
            self._recognise(chosen, features)
            self._compare(chosen, features, place)
        for index in range(len(features)):
            if index not in chosen:
                chosen[index] = self._new(features, index, now_s)
            chosen[index].learn(features, index, now_s)
        self._meet({seat.number for seat in chosen.values()}, chosen.values())
        self._forget({seat.number for seat in chosen.values()} | {self.succession.current(seat) for seat in kept})
        self._tile_px = _tile_px(features)
        return [
            Tile(features.xyxy[index], chosen[index].number, chosen[index].camera_on(now_s))
            for index in range(len(features))
        ]

    def _places_alike(self, features: TileFeatures, now_s: float) -> FloatArray:
        """(S, N) 0-1: whether a tile is where the seat was; in a gallery of another size, whether it is as manieth."""
        if np.allclose(self._tile_px, _tile_px(features), rtol=SAME_SIZE):
            place = iou_matrix(np.stack([seat.xyxy for seat in self._seats]), features.xyxy)
        else:
            order = np.array([seat.place for seat in self._seats])
            place = (order[:, None] == np.arange(len(features))[None]).astype(np.float32)
        place[[now_s - seat.seen_s > _PLACE_HOLDS_S for seat in self._seats]] = 0.0
        return place

    def _settle(self, chosen: dict[int, SeatMemory], features: TileFeatures, place: FloatArray) -> None:
        """Tiles on which the same is written as before at the same place. Nearly all are, nearly always."""
        pairs = [
            (index, self._seats[row], plate[0])
            for index, row in enumerate(place.argmax(axis=0))
            if place[row, index] > _STAYED
            for _, plate in self._seats[row].plates[-1:]  # the one that was seen last
        ]
        if pairs:
            seen = features.plates[[index for index, _, _ in pairs], 0]
            agree = lines_agree(np.stack([line for _, _, line in pairs]), seen)
            chosen.update(
                {index: seat for (index, seat, _), share in zip(pairs, agree, strict=True) if share >= _SAME_LINE}
            )

    def _recognise(self, chosen: dict[int, SeatMemory], features: TileFeatures) -> None:
        """Tiles on which the same is written as on one of that size before, wherever it was."""
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
        alike = lines_alike(np.stack([plate for _, plate in known]), features.plates[columns], off_px=2)
        taken: set[int] = set()
        for row, column in match_greedily(alike, _SAME_LINE):
            seat = known[row][0]
            if seat.number not in taken:
                chosen[columns[column]] = seat
                taken.add(seat.number)

    def _compare(self, chosen: dict[int, SeatMemory], features: TileFeatures, place: FloatArray) -> None:
        """The other tiles, by all that speaks for the other seats."""
        seats, columns = self._free(chosen), _left(features, chosen)
        if not seats or not columns:
            return
        taken = {seat.number for seat in chosen.values()}
        rows = [row for row, seat in enumerate(self._seats) if seat.number not in taken]
        part, at = features.only(columns), place[np.ix_(rows, columns)]
        plates, others = self._votes(seats, features, columns, part)
        log_odds = plates + others + _PLACE_LOG_ODDS * at
        self._merge(seats, log_odds, plates, at)
        for row, column in _sure_pairs(log_odds, seats):
            chosen[columns[column]] = seats[row]
        self._stay(chosen, seats, columns, at, plates != 0)

    def _votes(
        self, seats: Sequence[SeatMemory], features: TileFeatures, columns: list[int], part: TileFeatures
    ) -> tuple[FloatArray, FloatArray]:
        """(S, N) those of the plates, and all others but that of the place."""
        plates = [(height, plate) for seat in seats for height, plate in seat.plates]
        lines = np.stack([plate for _, plate in plates]) if plates else np.zeros((0, 1, 1), np.float32)
        heights = np.array([height for height, _ in plates], np.float32)
        written = plate_log_odds(lines, heights, _owners([seat.plates for seat in seats]), len(seats), part)
        border_colours = border_log_odds(
            np.stack([look for seat in seats for look in seat.border_colours]),
            _owners([seat.border_colours for seat in seats]),
            len(seats),
            part.border_colours,
            # All avatars have one room.
            np.where(part.avatars.any(axis=1), 0, distinct_by(features.border_colours, LOOK_RANGE)[columns]),
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
        """Gives up a seat where a tile is as much an older one's, and the two were never seen together."""
        for column in range(log_odds.shape[1]):
            alike = [int(row) for row in np.flatnonzero(log_odds[:, column] >= _SAME_PERSON)]
            if len(alike) < 2:
                continue
            older, younger, *_ = sorted(alike, key=lambda row: seats[row].number)
            # The name decides: a camera that was first seen on the younger seat speaks for that one alone.
            as_much = log_odds[older, column] >= log_odds[younger, column] - _AS_MUCH
            clearer = plates[older, column] >= plates[younger, column] + _AS_MUCH
            if (as_much or clearer) and seats[younger].number not in seats[older].seen_with:
                log_odds[older] = np.maximum(log_odds[older], log_odds[younger])
                place[older] = np.maximum(place[older], place[younger])
                log_odds[younger], place[younger] = -np.inf, 0.0
                self._give_up(seats[younger], seats[older])

    def _give_up(self, seat: SeatMemory, older: SeatMemory) -> None:
        """Leaves all that is known of the one to the other."""
        older.take_over(seat)
        self._seats = [one for one in self._seats if one is not seat]
        for one in self._seats:
            if seat.number in one.seen_with:
                one.seen_with = one.seen_with - {seat.number} | {older.number}
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
        """A tile without a name that looks new is whose it was, where most of the others have kept their places.

        A camera that is switched off looks new.
        """
        row_of = {seat.number: row for row, seat in enumerate(seats)}
        found = [(k, row_of[chosen[c].number]) for k, c in enumerate(columns) if c in chosen]
        settled = len(chosen) - len(found)
        # After a page turn nobody is where anybody was, and where none is known nothing speaks for a place.
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

    def _meet(self, numbers: set[int], seats: Iterable[SeatMemory]) -> None:
        if numbers != self._together:
            for seat in seats:
                seat.seen_with |= numbers
            self._together = numbers

    def _new(self, features: TileFeatures, index: int, now_s: float) -> SeatMemory:
        seat = SeatMemory(next(self._numbers), features.xyxy[index], index, features.thumbs[index], now_s)
        self._seats.append(seat)
        return seat

    def _forget(self, kept: set[int]) -> None:
        """Keeps memory bounded in a gallery that never shows anybody twice; of those `kept` nothing is forgotten."""
        most = max(MOST_SEATS, len(kept))
        if len(self._seats) > most:
            self._seats = sorted(self._seats, key=lambda seat: (seat.number in kept, seat.seen_s))[-most:]
            remembered = {seat.number for seat in self._seats}
            for seat in self._seats:
                seat.seen_with &= remembered


def _left(features: TileFeatures, chosen: dict[int, SeatMemory]) -> list[int]:
    return [index for index in range(len(features)) if index not in chosen]


def _sure_pairs(log_odds: FloatArray, seats: Sequence[SeatMemory]) -> list[tuple[int, int]]:
    """Pairs (row, column) by falling votes, each once; none where another seat that is free has nearly as many.

    Two seats that were never seen together may be one person's, and do not make each other unsure.
    """
    left, pairs = log_odds.copy(), []
    while left.size and left.max() >= LEAST_VOTES:
        row, column = (int(index) for index in np.unravel_index(left.argmax(), left.shape))
        nearly = [int(other) for other in np.flatnonzero(left[:, column] > left[row, column] - _MARGIN)]
        if not any(seats[other].number in seats[row].seen_with for other in nearly if other != row):
            pairs.append((row, column))
            left[row] = -np.inf
        left[:, column] = -np.inf
    return pairs


def _owners(kept: Sequence[Sequence[object]]) -> npt.NDArray[np.int64]:
    """Whose each of the things is that are kept by row."""
    return np.repeat(np.arange(len(kept)), [len(things) for things in kept])


def _tile_px(features: TileFeatures) -> tuple[float, float]:
    """The usual width and height of a tile; one that is larger, as a speaker's, does not count."""
    if not len(features):
        return 0.0, 0.0
    width, height = np.median(features.xyxy[:, 2:] - features.xyxy[:, :2], axis=0)
    return float(width), float(height)
