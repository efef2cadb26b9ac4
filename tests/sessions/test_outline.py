"""A stored lesson as a list shows it: coverage and course, and nothing of the low group that would name a person."""

from pathlib import Path

import numpy as np
import pytest
from support.scripted_lessons import scripted_lesson
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.core.glance.types import Basis, Glance, GroupCounts
from fer_desktop.core.types import State
from fer_desktop.pipeline.events import Gap
from fer_desktop.sessions.outline import COLUMNS, outline
from fer_desktop.sessions.report.trend import columns
from fer_desktop.sessions.store.sqlite.database import opened

USUAL = GroupCounts(smiling=3, neutral=17)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sessions.db"


def glance(elapsed_s: float, low: float, faces: int = 20, usual: GroupCounts | None = USUAL) -> Glance:
    now = GroupCounts(smiling=2, neutral=faces - 2 - low, low=low)
    return Glance(elapsed_s, State.LIVE, Basis.USUAL if usual else Basis.LEARNING, now, usual=usual)


def test_it_shows_what_the_report_shows(path: Path) -> None:
    length_s = 64 * 30 * 2  # two stretches a column: neither cuts what the other leaves whole
    lesson = scripted_lesson(length_s)
    session = store_lesson(path, lesson.events(), end_s=length_s)
    found = outline(path, session, length_s)
    told = columns(lesson.glances, length_s, COLUMNS)
    smiling = np.array([np.nan if one is None else one.smiling for one in told])
    low = np.array([np.nan if one is None else one.low for one in told])
    assert len(found.smiling) == COLUMNS
    assert np.nanmax(low) > 0.1
    both = np.isfinite(smiling) & np.isfinite(found.smiling)
    assert both.sum() > 0.9 * COLUMNS
    # A glance belongs to the 30 s behind it here, and to what follows it there.
    assert np.abs(found.smiling - smiling)[both].mean() < 0.03
    assert np.abs(found.low - low)[both].mean() < 0.03


def test_coverage_is_that_of_the_time_in_which_faces_were_read(path: Path) -> None:
    seconds = [second(float(at), faces=12) for at in range(1, 200)]
    session = store_lesson(path, [*seconds, Gap(199.0, 4000.0, State.PAUSED)], end_s=4000.0)
    found = outline(path, session, 4000.0)
    assert (found.read, found.cameras) == (12, 12)
    assert np.isfinite(found.smiling[0])
    assert np.isnan(found.smiling[-1])  # a gap stays one


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (glance(30.0, low=4), True),
        (glance(30.0, low=2), False),  # one or two would be named
        (glance(30.0, low=4, faces=9), False),  # of a small class three are
        (glance(30.0, low=4, usual=None), False),  # never without its usual
    ],
)
def test_the_low_group_is_drawn_only_where_the_page_would_tell_it(path: Path, given: Glance, told: bool) -> None:
    session = store_lesson(path, [second(30.0), given], end_s=30.0)
    assert (outline(path, session, 30.0).low[0] > 0) == told


def test_a_lesson_out_of_a_file_shows_smiling_alone(path: Path) -> None:
    session = store_lesson(path, [second(float(at), low=6, smiling=3) for at in range(1, 61)], end_s=60.0)
    found = outline(path, session, 60.0)
    assert found.smiling.tolist() == pytest.approx([0.25, 0.25])
    assert found.low.tolist() == [0.0, 0.0]


def test_a_lesson_of_a_second_is_one_column_and_one_without_a_face_is_empty(path: Path) -> None:
    short = store_lesson(path, [second(1.0)], end_s=1.0)
    nobody = store_lesson(path, [Gap(0.0, 900.0, State.NO_SOURCE)], end_s=900.0)
    assert len(outline(path, short, 1.0).smiling) == 1
    found = outline(path, nobody, 900.0)
    assert found.read == 0
    assert found.most_smiling_at is None
    assert np.isnan(found.smiling).all()


def test_a_day_has_no_more_columns_than_an_hour(path: Path) -> None:
    session = store_lesson(path, [second(float(at)) for at in range(1, 86_400, 40)], end_s=86_400.0)
    found = outline(path, session, 86_400.0)
    assert len(found.smiling) == COLUMNS
    assert np.isfinite(found.smiling).all()


def test_where_most_smiled_is_the_first_such_place(path: Path) -> None:
    smiled = [second(float(at), smiling=9 if 300 < at <= 330 else 1) for at in range(1, 601)]
    found = outline(path, store_lesson(path, smiled, end_s=600.0), 600.0)
    assert found.most_smiling_at == pytest.approx(315 / 600)


def test_what_another_program_wrote_is_told_as_damage(path: Path) -> None:
    session = store_scripted(path, 60)
    with opened(path) as connection:
        connection.execute("UPDATE events SET data = '[]' WHERE kind = 'glance'")
    with pytest.raises(StoreError, match="did not write"):
        outline(path, session, 60.0)
