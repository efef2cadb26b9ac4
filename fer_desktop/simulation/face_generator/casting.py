"""From which donors each generated person is morphed: people alike for the person, acting alike for an expression."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.core.expressions import N_EXPRESSIONS, NEUTRAL
from fer_desktop.core.types import FloatArray, PeopleSplit
from fer_desktop.simulation.face_generator.donors import SPLITS, Donors

NEUTRAL_DONORS: Final = 5
EXPRESSION_DONORS: Final = 5
_SEEDS: Final = 4  # neutral faces among whose groups the tightest is taken
_SIMILAR_FACES: Final = 30  # among which donors of one expression are chosen
_LIKENESS_WEIGHT: Final = 1.0
_REUSE_WEIGHT: Final = 0.3  # against giving everybody the same few donors


@dataclass(frozen=True, slots=True)
class Person:
    """What a person is morphed from."""

    split: PeopleSplit
    donors: tuple[tuple[int, ...], ...]  # seven tuples of cells in the training sheet, in the order of EXPRESSIONS


def cast(donors: Donors, people: int, seed: int) -> tuple[Person, ...]:
    """`people` persons, alternating between the splits, with no neutral donor in two of them."""
    found: list[Person] = []
    for number in range(len(SPLITS)):
        rng = np.random.default_rng([seed, 2, number])
        members = np.flatnonzero(donors.splits == number)
        neutral = members[donors.expressions[members] == NEUTRAL]
        groups = _tight_groups(donors.looks[neutral], (people + 1 - number) // 2, rng)
        used = np.zeros(len(donors.cells))
        found += [_person(donors, members, neutral[group], used) for group in groups]
    order = sorted(range(len(found)), key=lambda k: (k % ((people + 1) // 2), SPLITS.index(found[k].split)))
    return tuple(found[k] for k in order)


def _tight_groups(looks: FloatArray, count: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """`count` disjoint groups of NEUTRAL_DONORS similar rows, spread over all looks."""
    distance = np.linalg.norm(looks[:, None] - looks[None], axis=2)
    free = np.ones(len(looks), bool)
    groups: list[NDArray[np.int64]] = []
    # In random order the tightest group around each of a few seeds: varied people, no outliers.
    while len(groups) < count and free.sum() >= NEUTRAL_DONORS:
        seeds = rng.choice(np.flatnonzero(free), size=min(_SEEDS, int(free.sum())), replace=False)
        best = min((_nearest(distance, int(s), free) for s in seeds), key=lambda g: float(distance[g[0], g].mean()))
        free[best] = False
        groups.append(best)
    return groups


def _nearest(distance: FloatArray, row: int, free: NDArray[np.bool_]) -> NDArray[np.int64]:
    reach = np.where(free, distance[row], np.inf)
    return np.argsort(reach, kind="stable")[:NEUTRAL_DONORS]


def _person(
    donors: Donors, members: NDArray[np.int64], neutral: NDArray[np.int64], used: NDArray[np.float64]
) -> Person:
    look = donors.looks[neutral].mean(axis=0)
    chosen: list[tuple[int, ...]] = []
    for expression in range(N_EXPRESSIONS):
        rows = neutral
        if expression != NEUTRAL:
            members_of = members[donors.expressions[members] == expression]
            rows = _similar_acts(donors, members_of, look, used)
            used[rows] += 1
        chosen.append(tuple(int(cell) for cell in donors.cells[rows]))
    return Person(SPLITS[int(donors.splits[neutral[0]])], tuple(chosen))


def _similar_acts(
    donors: Donors, rows: NDArray[np.int64], look: FloatArray, used: NDArray[np.float64]
) -> NDArray[np.int64]:
    """EXPRESSION_DONORS of `rows` that look like the person and show the expression in the same way.

    An open mouth averaged with a closed one is neither, so the group is also chosen by how similar its faces are.
    """
    like = np.linalg.norm(donors.looks[rows] - look, axis=1)
    near = np.argsort(like, kind="stable")[:_SIMILAR_FACES]
    rows, like = rows[near], like[near]
    distance = np.linalg.norm(donors.acts[rows][:, None] - donors.acts[rows][None], axis=2)
    groups = np.argsort(distance, axis=1, kind="stable")[:, :EXPRESSION_DONORS]
    reuse = used[rows] / max(float(used[rows].mean()), 1.0)
    cost = [
        distance[np.ix_(g, g)].mean() / distance.mean()
        + _LIKENESS_WEIGHT * like[g].mean() / like.mean()
        + _REUSE_WEIGHT * reuse[g].mean()
        for g in groups
    ]
    return np.asarray(rows[groups[int(np.argmin(cost))]], np.int64)
