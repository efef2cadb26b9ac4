"""Pictures of live lessons for the test of the glance: what somebody sees in them who has never seen the program.

`PYTHONPATH=. QT_QPA_PLATFORM=offscreen python benchmarks/one_second.py DIR [SEED]` writes 20 pictures of the window on
a screen of 1366x768 at 40 % of their size, light and dark in turn, and DIR.truth.json: what most faces of each scripted
class show, and what changed in its last minute. Two questions are asked of each, looked at for a second:
How do most faces look? Has that changed, and how?
"""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from fer_desktop.app import paths
from fer_desktop.app.screenshots.calls import Call, class_call
from fer_desktop.app.screenshots.day import CALL, NOW
from fer_desktop.app.screenshots.lesson import Lesson
from fer_desktop.app.screenshots.looks import row_of
from fer_desktop.app.screenshots.studio import PictureStudio
from fer_desktop.app.terminal.display import draw_on_screen_in_memory
from fer_desktop.core.expressions import ANGRY, FEAR, HAPPY, NEUTRAL, SAD, SURPRISE
from fer_desktop.core.files import temporary_folder
from fer_desktop.core.settings import Language
from fer_desktop.core.types import FloatArray
from fer_desktop.pipeline.session_engine.channel.status import Counters, Phase, SessionStatus
from fer_desktop.ui.automation.screenshots.replay import Moment, Replay
from fer_desktop.ui.automation.screenshots.stage import Stage
from fer_desktop.ui.automation.screenshots.states import LAPTOP, State
from fer_desktop.ui.automation.screenshots.taking import Setting, take

_SIZE: Final = 25
_SCREEN_PX: Final = (1366, 768)
_SHOWN: Final = 0.4
_CHANGE_S: Final = 480
_END_S: Final = 525
_STAYS_S: Final = (20, 60)
_LOW: Final = (SAD, SAD, FEAR, ANGRY)
# Of each class how many of ten faces smile, look sad, afraid or angry, or surprised; the others are neutral.
_CLASSES: Final = {"neutral": (0.12, 0.08, 0.02), "smiling": (0.72, 0.04, 0.02), "mixed": (0.42, 0.12, 0.04)}
# What changes, as a share of the faces that then do so, and in which classes that is a change.
_SCRIPTS: Final = (
    *[(of, "") for of in ("neutral", "neutral", "neutral", "smiling", "smiling", "mixed", "mixed")],
    *[("neutral", "more smile")] * 3,
    *[("mixed", "more smile")],
    *[("smiling", "fewer smile")] * 3,
    *[("neutral", "more sad, afraid or angry")] * 3,
    *[("smiling", "more sad, afraid or angry"), ("mixed", "more sad, afraid or angry")],
    *[("neutral", "more surprised")],
)


class _Looks:
    """What the faces of one such class are read as."""

    def __init__(self, kind: str, change: str, seed: int, seats: tuple[int, ...]) -> None:
        rng = np.random.default_rng(seed)
        self._shown = {seat: _faces(rng, kind) for seat in seats}
        self._sure = {seat: rng.uniform(0.6, 0.85, _END_S + 1) for seat in seats}
        changing = rng.permutation(seats)[: round(0.55 * len(seats))]
        for seat in changing if change else ():
            to = {"more smile": HAPPY, "fewer smile": NEUTRAL, "more surprised": SURPRISE}.get(change, rng.choice(_LOW))
            self._shown[int(seat)][_CHANGE_S + int(rng.integers(0, 8)) :] = to

    def at(self, second: int) -> dict[int, FloatArray]:
        """(7,) probabilities, by seat."""
        return {
            seat: row_of(int(shown[second]), float(self._sure[seat][second])) for seat, shown in self._shown.items()
        }

    def most(self) -> str:
        """What most faces show at the end; "mixed" where no half of them does the same."""
        last = np.array([shown[_END_S - 20 : _END_S] for shown in self._shown.values()])
        of = {"smiling": last == HAPPY, "neutral": last == NEUTRAL}
        of |= {"sad, afraid or angry": np.isin(last, _LOW), "surprised": last == SURPRISE}
        word = max(of, key=lambda name: float(of[name].mean()))
        return word if of[word].mean() > 0.5 else "mixed"


def _faces(rng: np.random.Generator, kind: str) -> npt.NDArray[np.int64]:
    shown = np.full(_END_S + 1, NEUTRAL, np.int64)
    second = 0
    while second <= _END_S:
        until = second + int(rng.integers(*_STAYS_S))
        smiles, low, surprised = np.cumsum(_CLASSES[kind])
        drawn = float(rng.random())
        if drawn < smiles:
            shown[second:until] = HAPPY
        elif drawn < low:
            shown[second:until] = rng.choice(_LOW)
        elif drawn < surprised:
            shown[second:until] = SURPRISE
        second = until
    return shown


class _Studio(PictureStudio):
    """Every moment of it is the end of one scripted class."""

    scripted: Replay

    def replay(self, moment: Moment) -> Replay:
        """That."""
        del moment
        return self.scripted


def _replayed(looks: _Looks, call: Call) -> Replay:
    lesson = Lesson(call, looks)
    lesson.see(_END_S)
    told = SessionStatus(Phase.LIVE, recording=True), *lesson.events(), Counters(15.0, 5.0, 0, 0.09, 9.0, float(_END_S))
    return Replay(CALL, told, lesson.analysis(_END_S))


def _live(stage: Stage, studio: _Studio, replay: Replay) -> QWidget:
    studio.scripted = replay
    window = stage.window(LAPTOP)
    stage.play(window, Moment.CALM)
    return window


def main(out: Path, seed: int) -> None:
    """Writes them."""
    call = class_call(_SIZE, "calm", away=1)
    order = np.random.default_rng(seed).permutation(len(_SCRIPTS))
    truth, out = {}, out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with temporary_folder() as folder:
        draw_on_screen_in_memory(folder, _SCREEN_PX, 1.0)
        studio = _Studio(folder, Language("en"), _SCREEN_PX, 1.0)
        states = []
        for number, place in enumerate(order):
            kind, change = _SCRIPTS[place]
            looks = _Looks(kind, change, seed * 100 + number, call.readable)
            name = f"{number + 1:02d}"
            truth[name] = {"most": looks.most(), "changed": change or "no"}
            states.append(State(name, partial(_live, studio=studio, replay=_replayed(looks, call))))
        setting = Setting("en", NOW, "", paths.translations(), paths.icon())
        for theme, of in (("light", states[::2]), ("dark", states[1::2])):
            for taken in take(studio, of, [theme], setting, out):
                image = QImage(str(taken.file))
                small = image.scaledToWidth(round(_SHOWN * image.width()), Qt.TransformationMode.SmoothTransformation)
                small.save(str(out / f"{taken.state}.png"))
                taken.file.unlink()
    out.with_suffix(".truth.json").write_text(json.dumps(truth, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
