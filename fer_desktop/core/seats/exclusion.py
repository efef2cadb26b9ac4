"""Whom the teacher leaves out, by seat."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The seats that are left out of one session; kept nowhere else and gone with it."""

    seats: frozenset[int] = frozenset()
    you: int | None = None  # the teacher's own; one of the seats
    scene: int = 0  # seats of different scenes have nothing in common

    def of(self, scene: int) -> "Exclusion":
        """What holds in that scene: in another one than this nobody is left out."""
        return self if scene == self.scene else Exclusion(scene=scene)

    def resolved(self, current: Callable[[int], int]) -> "Exclusion":
        """The same choice after merges; `current` gives the seat that stands for a seat now."""
        you = None if self.you is None else current(self.you)
        return Exclusion(frozenset(map(current, self.seats)), you, self.scene)

    def excluding(self, seat: int) -> "Exclusion":
        """With the seat left out."""
        return Exclusion(self.seats | {seat}, self.you, self.scene)

    def including(self, seat: int) -> "Exclusion":
        """With the seat back."""
        return Exclusion(self.seats - {seat}, None if seat == self.you else self.you, self.scene)

    def with_you(self, seat: int) -> "Exclusion":
        """With the seat as the teacher's own. Another one that was it before was taken for it, and is back."""
        return Exclusion(self.seats - {self.you} | {seat}, seat, self.scene)
