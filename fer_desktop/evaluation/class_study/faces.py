"""The faces that classes are drawn from: what each shows, and what the network says of it under each degradation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.core.expressions import N_EXPRESSIONS
from fer_desktop.core.readings.probabilities import Labels, Probabilities
from fer_desktop.core.types import Image, OnProgress
from fer_desktop.evaluation.degradations import CONDITIONS, at_height, whole_square
from fer_desktop.pipeline.ports import CropCutter, ExpressionClassifier
from fer_desktop.simulation.recording import Codec, has_encoders, recoded

HOME: Final = "home"
GENERATED: Final = "generated"  # people that FER-2013 knows nothing of
# H.264 as recorders set it, of pictures of 49 faces side by side.
_CRF: Final = 30
_ACROSS: Final = 7
_SEED: Final = 2013
_BATCH: Final = 490

Change = Callable[[Sequence[Image]], list[Image]]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Faces that classes can be drawn from."""

    answers: Probabilities  # (N, 7)
    truth: Labels  # (N,) none of them unknown


def _smaller(height_px: int) -> Change:
    def change(pictures: Sequence[Image]) -> list[Image]:
        return [
            picture if small is None else small for picture in pictures for small in [at_height(picture, height_px)]
        ]

    return change


def _worse(name: str) -> Change:
    condition = next(one for one in CONDITIONS if one.name == name)

    def change(pictures: Sequence[Image]) -> list[Image]:
        rng = np.random.default_rng(_SEED)
        return [condition.change(picture, rng) for picture in pictures]

    return change


def _coded(pictures: Sequence[Image]) -> list[Image]:
    """The pictures, all of one size, after H.264."""
    side, per_frame = pictures[0].shape[0], _ACROSS**2
    filled = [*pictures, *[pictures[-1]] * (-len(pictures) % per_frame)]
    grid = np.stack(filled).reshape(-1, _ACROSS, _ACROSS, side, side, 3)
    frames = grid.transpose(0, 1, 3, 2, 4, 5).reshape(-1, _ACROSS * side, _ACROSS * side, 3)
    out = np.stack(list(recoded(frames, Codec.H264, _CRF)))
    back = out.reshape(-1, _ACROSS, side, _ACROSS, side, 3).transpose(0, 1, 3, 2, 4, 5).reshape(-1, side, side, 3)
    return list(back[: len(pictures)])


def _both(first: Change, then: Change) -> Change:
    return lambda pictures: then(first(pictures))


# What the rule is chosen under, and what figures are of: they have nothing in common but faces as they are.
CHOSEN_UNDER: Final[Mapping[str, Change]] = {
    HOME: list,
    "32 px": _smaller(32),
    "16 px": _smaller(16),
    "blurred": _worse("blur_2"),
    "dim": _worse("dim_10"),
    "32 px, JPEG": _both(_smaller(32), _worse("jpeg_10")),
    "16 px, JPEG": _both(_smaller(16), _worse("jpeg_30")),
}
_WITHOUT_ENCODERS: Final[Mapping[str, Change]] = {
    HOME: list,
    "24 px": _smaller(24),
}
_WITH_ENCODERS: Final[Mapping[str, Change]] = {
    "codec": _coded,
    "24 px, codec": _both(_smaller(24), _coded),
}


def reported_under() -> Mapping[str, Change]:
    """What figures are of; without encoders (ADR 24) those with a codec are left out."""
    return {**_WITHOUT_ENCODERS, **(_WITH_ENCODERS if has_encoders() else {})}


def read_pools(
    pictures: Sequence[Image],
    truth: Labels,
    changes: Mapping[str, Change],
    classifier: ExpressionClassifier,
    cut: CropCutter,
    on_progress: OnProgress,
) -> dict[str, Pool]:
    """The same faces (H, W, 3) under each degradation, read once. `on_progress` may raise, which ends it."""
    pools, done = {}, 0
    for name, change in changes.items():
        changed, answers = change(pictures), []
        for batch in _batches(changed):
            crops = np.concatenate([cut(picture, whole_square(picture), classifier.spec) for picture in batch])
            answers.append(classifier.classify(crops))
            done += len(batch)
            on_progress(done, len(pictures) * len(changes))
        pools[name] = Pool(np.concatenate(answers), truth)
    return pools


def pool_of_people(answers: Probabilities) -> Pool:
    """Generated people, from (P, 7, V, 7) what is said of each person's expressions in V variants."""
    people, _, variants, _ = answers.shape
    truth = np.broadcast_to(np.arange(N_EXPRESSIONS)[:, None], (people, N_EXPRESSIONS, variants))
    return Pool(answers.reshape(-1, N_EXPRESSIONS), truth.reshape(-1).astype(np.int64))


def _batches(pictures: Sequence[Image]) -> Iterator[Sequence[Image]]:
    for start in range(0, len(pictures), _BATCH):
        yield pictures[start : start + _BATCH]


def pictures_of(images: Image) -> list[Image]:
    """Grey faces (N, 48, 48) as pictures (48, 48, 3)."""
    return list(np.repeat(images[..., None], 3, axis=3))
