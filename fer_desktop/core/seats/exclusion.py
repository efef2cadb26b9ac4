"""Whom the teacher leaves out, by seat."""

from collections.abc import Mapping
from dataclasses import dataclass


def resolved(seats: frozenset[int], merged: Mapping[int, int]) -> frozenset[int]:
    """The seats, each that was given up as the one that took over from it."""
    return frozenset(merged.get(seat, seat) for seat in seats)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The seats that are left out of one session; kept nowhere else and gone with it."""

    seats: frozenset[int] = frozenset()
    you: int | None = None  # the teacher's own; one of the seats
    scene: int = 0  # seats of different scenes have nothing in common

    def of(self, scene: int) -> "Exclusion":
        """What holds in that scene: in another one than this nobody is left out."""
        return self if scene == self.scene else Exclusion(scene=scene)

    def resolved(self, merged: Mapping[int, int]) -> "Exclusion":
        """The same choice where some of its seats were given up, and became others."""
        you = self.you if self.you is None else merged.get(self.you, self.you)
        return Exclusion(resolved(self.seats, merged), you, self.scene)

    def toggled(self, seat: int) -> "Exclusion":
        """With the seat left out, or back where it was left out."""
        if seat in self.seats:
            return Exclusion(self.seats - {seat}, None if seat == self.you else self.you, self.scene)
        return Exclusion(self.seats | {seat}, self.you, self.scene)

    def with_you(self, seat: int) -> "Exclusion":
        """With the seat as the teacher's own. Another one that was it before was taken for it, and is back."""
        return Exclusion(self.seats - {self.you} | {seat}, seat, self.scene)
