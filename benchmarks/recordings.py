"""Prints how well `analyze --tiles` reads H.264 recordings of simulated calls.

`PYTHONPATH=.:tests python benchmarks/recordings.py holdout 110 111 [theme_dark ...]` (split, seeds, cases).
"""

import sys
import tempfile
from pathlib import Path

from support.recorded_calls import EVERY_S, Told, compare, record

from fer_desktop.app.compose import LoadedModels, load_models
from fer_desktop.app.recordings.recording import analyze_recording
from fer_desktop.app.recordings.run import Options
from fer_desktop.app.terminal.cancellable import CancellableProgress
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.settings import Settings
from fer_desktop.core.types import PeopleSplit
from fer_desktop.simulation.hard_cases.catalogue import CASES

_CASES = ("theme_dark", "theme_light", "zoom_34_on_26", "gap_0", "gap_2_own_colour", "gap_3", "quad_and_column")
_QUALITIES = (18, 23, 30)
_SECONDS = 12.0


def told_of(models: LoadedModels, name: str, seed: int, split: PeopleSplit, quality: int) -> Told:
    """What is told of one recording."""
    with tempfile.TemporaryDirectory() as name_of_folder, CancellableProgress() as progress:
        folder = Path(name_of_folder)
        truths = record(folder / "call.mp4", CASES[name], seed, split, quality, _SECONDS)
        options = Options(with_faces=True, every_s=EVERY_S, with_tiles=True)
        analyze_recording(Input(folder / "call.mp4", "call.mp4"), models, folder, options, progress)
        return compare(folder, truths)


def main(split: PeopleSplit, first: int, last: int, names: tuple[str, ...]) -> None:
    """Records, reads and prints."""
    models = load_models(Settings())
    for name in names or _CASES:
        for quality in _QUALITIES:
            told = [told_of(models, name, seed, split, quality) for seed in range(first, last + 1)]
            seats = sum(len(each.seats) for each in told)
            sys.stdout.write(
                f"{name:<18} crf {quality}  once {_share(told, 'once', 'participants')}"
                f"  none {sum(each.none_counted for each in told):>3}"
                f"  faces {_share(told, 'faces_found', 'faces')}  false {sum(each.false_faces for each in told)}"
                f"  one seat {sum(each.one_seat for each in told)} of {seats}"
                f"  frames {sum(each.frames for each in told)}\n"
            )
            sys.stdout.flush()


def _share(told: list[Told], part: str, of: str) -> str:
    return f"{100 * sum(getattr(each, part) for each in told) / sum(getattr(each, of) for each in told):5.1f} %"


if __name__ == "__main__":
    main(PeopleSplit(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4:]))
