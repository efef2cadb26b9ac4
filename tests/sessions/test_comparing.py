"""Stored lessons as they are compared."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from support.clocks import STARTED
from support.scripted_lessons import scripted_lesson
from support.stored import FACTS
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.comparison.series import LOW, SMILING
from fer_desktop.core.errors import StoreError
from fer_desktop.core.glance.types import Glance
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap, Marker
from fer_desktop.sessions.comparing import pair, with_earlier
from fer_desktop.sessions.store.editing import set_class


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


def of_class(path: Path, class_name: str, day: int, seconds: int = 120) -> int:
    session_id = store_scripted(path, seconds, at=STARTED + timedelta(days=day))
    set_class(path, session_id, class_name)
    return session_id


def test_two_lessons_are_counted_alike(path: Path) -> None:
    one, other = store_scripted(path, 600), store_scripted(path, 660)
    lesson, there = pair(path, one, other)
    assert (lesson.length_s, there.length_s) == (600, 660)
    told = [event for event in scripted_lesson(600).glances if 570 < event.elapsed_s <= 600]
    assert lesson.counts[-1, SMILING] == pytest.approx(np.mean([glance.now.smiling for glance in told]))
    assert np.isfinite(lesson.counts[:, LOW]).any()
    assert [moment.name for moment in lesson.moments] == ["slide 1", "slide 2"]
    from_file = store_lesson(path, [second(float(at), smiling=6) for at in range(1, 61)], end_s=60.0)
    lesson, there = pair(path, one, from_file)
    assert there.counts[:, SMILING].tolist() == [6, 6]
    assert np.isnan(lesson.counts[:, LOW]).all()  # of seconds it is not known what was usual


def test_a_marker_whose_text_was_erased_is_none(path: Path) -> None:
    one = store_lesson(path, [second(1.0), Marker(1, 1.0, ""), Marker(2, 1.0, "quiz")], end_s=1.0)
    assert [moment.name for moment in pair(path, one, one)[0].moments] == ["quiz"]


def test_the_usual_is_of_the_ten_lessons_of_its_class_before_it(path: Path) -> None:
    earlier = [of_class(path, "9b", day, 120 + 30 * day) for day in range(12)]
    of_class(path, "9c", 12)
    this = of_class(path, "9b", 20)
    of_class(path, "9b", 21)
    assert len(earlier) == 12
    _, found = with_earlier(path, this)
    assert [round(one.length_s) for one in found] == [120 + 30 * day for day in range(11, 1, -1)]


def test_other_networks_files_and_lessons_without_a_class_are_not_usual(path: Path) -> None:
    other = scripted_lesson(120)
    for facts in (FACTS, replace(FACTS, model_sha256="cd" * 32)):
        set_class(path, store_lesson(path, other.events(), at=STARTED, facts=facts, end_s=120.0), "9b")
    alone = [event for event in other.events() if not isinstance(event, Glance)]
    set_class(path, store_lesson(path, alone, at=STARTED, end_s=120.0), "9b")
    of_class(path, "", 1)
    this = of_class(path, "9b", 3)
    assert len(with_earlier(path, this)[1]) == 1
    assert with_earlier(path, of_class(path, "", 4))[1] == []


def test_a_lesson_that_is_gone_is_told(path: Path) -> None:
    one = store_scripted(path, 60)
    with pytest.raises(StoreError, match="no session 99"):
        pair(path, one, 99)


def test_gaps_are_known_however_short_a_part_of_a_mean_they_are(path: Path) -> None:
    gaps = [Gap(12.0, 19.0, State.PAUSED), Gap(30.0, 33.0, State.SLOW), Gap(40.0, 58.0, State.COVERED)]
    one = store_lesson(
        path, [second(5.0), gaps[0], second(20.0), gaps[1], second(35.0), gaps[2], second(59.0)], end_s=60.0
    )
    assert pair(path, one, one)[1].gaps == ((12, 19), (40, 58))
