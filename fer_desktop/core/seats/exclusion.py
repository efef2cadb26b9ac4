"""Whom the teacher excludes, by seat."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """The seats excluded from one session; stored nowhere else and gone with it."""

    seats: frozenset[int] = frozenset()
    you: int | None = None  # the teacher's own seat; one of `seats`
    scene: int = 0  # seats of different scenes have nothing in common

    def of(self, scene: int) -> "Exclusion":
        """The exclusion in that scene: in any other than this one nobody is excluded."""
        return self if scene == self.scene else Exclusion(scene=scene)

    def resolved(self, current: Callable[[int], int]) -> "Exclusion":
        """The same choice after merges; `current` gives the seat that stands for a seat now."""
        you = None if self.you is None else current(self.you)
        return Exclusion(frozenset(map(current, self.seats)), you, self.scene)

    def excluding(self, seat: int) -> "Exclusion":
        """With the seat excluded."""
        return Exclusion(self.seats | {seat}, self.you, self.scene)

    def including(self, seat: int) -> "Exclusion":
        """With the seat included again."""
        return Exclusion(self.seats - {seat}, None if seat == self.you else self.you, self.scene)

    def with_you(self, seat: int) -> "Exclusion":
        """With the seat as the teacher's own. A seat that was chosen before was a mistake and is included again."""
        return Exclusion(self.seats - {self.you} | {seat}, seat, self.scene)
