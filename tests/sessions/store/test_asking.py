"""Questions in SQL: the views that are documented, nothing else, and no end without an answer."""

import re
from pathlib import Path

import pytest
from support.places import ROOT
from support.stored_lessons import second, store_lesson, store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.types import Summary
from fer_desktop.sessions.exports.lesson import lesson
from fer_desktop.sessions.exports.limits import NOT_TOLD
from fer_desktop.sessions.store.asking import VIEWS, ask


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "sessions.db"
    store_scripted(path, 300)
    return path


def test_lessons_seconds_and_moments_are_answered(store: Path):
    answer = ask(store, "SELECT name, length_s, seconds_seen FROM lesson")
    assert (answer.columns, answer.rows[0][:2]) == (("name", "length_s", "seconds_seen"), ("Maths 9b", 300.0))
    (seen,) = ask(store, "SELECT count(*) FROM second WHERE lesson = 1").rows[0]
    assert seen == answer.rows[0][2]
    assert {row[0] for row in ask(store, "SELECT DISTINCT kind FROM moment").rows} == {"marker", "alert", "gap"}
    part = "WITH s AS (SELECT lesson, avg(mean_happy) AS m FROM second GROUP BY 1)"
    joined = f"{part} SELECT name, m FROM lesson JOIN s USING (lesson)"
    assert len(ask(store, joined).rows) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_rows_are_counted(store: Path, view: str):
    assert ask(store, f"SELECT count(*) FROM {view}").rows[0][0] > 0  # type: ignore[operator]
    assert ask(store, f"SELECT 1 FROM {view}").rows[0] == (1,)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM sessions",
        "SELECT settings FROM main.sessions",
        "SELECT count(*) FROM sessions",
        "SELECT 1 FROM lesson, (main . [seconds])",
        'SELECT count(*) FROM/* */"markers"',
        "WITH lesson AS (SELECT * FROM main.sessions) SELECT * FROM lesson",
        "WITH second AS (SELECT * FROM seconds) SELECT count(*) FROM second",
        "SELECT (SELECT csv_file FROM sessions LIMIT 1) FROM lesson",
        "SELECT * FROM sqlite_schema",
        "SELECT count(*) FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT * FROM pragma_table_info('sessions')",
        "PRAGMA table_info(sessions)",
        "PRAGMA journal_mode = DELETE",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "DELETE FROM sessions",
        "UPDATE lesson SET name = 'x'",
        "INSERT INTO markers (session) VALUES (1)",
        "DROP VIEW lesson",
        "CREATE TEMP TABLE x AS SELECT * FROM lesson",
        "BEGIN IMMEDIATE",
        "SELECT load_extension('x')",
    ],
)
def test_nothing_else_is_read_and_nothing_written(store: Path, question: str):
    with pytest.raises(StoreError):
        ask(store, question)
    assert ask(store, "SELECT count(*) AS sessions FROM lesson WHERE 'from sessions' <> ''").rows == [(1,)]


@pytest.mark.parametrize(
    "question", ["", "SELECT", "SELECT 1; SELECT 2", "hello", "SELECT nothing FROM lesson", "SELECT \0"]
)
def test_what_is_no_question_is_told(store: Path, question: str):
    if question:
        with pytest.raises(StoreError, match=r"docs/store\.md"):
            ask(store, question)
    else:
        assert ask(store, question).rows == []


def test_a_question_without_an_end_ends(store: Path):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(StoreError, match="took longer than"):
        ask(store, endless, most_s=0.2)


def test_rows_and_cells_have_a_limit(store: Path):
    answer = ask(store, "SELECT elapsed_s FROM second", most_rows=7)
    assert (len(answer.rows), answer.cut) == (7, True)
    assert not ask(store, "SELECT 1").cut
    with pytest.raises(StoreError):
        ask(store, "SELECT zeroblob(100000000)")


def test_of_a_live_class_as_much_is_told_as_in_an_export(tmp_path: Path):
    store = tmp_path / "sessions.db"
    one = store_lesson(store, [second(at + 0.004, low=at % 5, afraid=at % 3) for at in range(1, 95)])
    counts = ", ".join(f"count_{name}" for name in EXPRESSIONS)
    means = ", ".join(f"mean_{name}" for name in EXPRESSIONS)
    answer = ask(store, f"SELECT {counts}, {means} FROM second ORDER BY elapsed_s")
    exported = [event for event in lesson(store, one).events if isinstance(event, Summary)]
    for row, told in zip(answer.rows, exported, strict=True):
        assert [NOT_TOLD if cell is None else cell for cell in row[:7]] == told.counts.tolist()
        assert row[7:] == pytest.approx(told.mean.tolist(), abs=1e-6)
    other = store_lesson(store, [second(1.0, low=1)], live_class=False)
    assert ask(store, f"SELECT count_sad FROM second WHERE lesson = {other}").rows == [(1,)]


def test_the_document_has_every_view_and_column_and_no_other(store: Path):
    text = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", text, flags=re.MULTILINE) == list(VIEWS)
    for name in VIEWS:
        told = text.split(f"## `{name}`\n", 1)[1].split("\n## ", 1)[0]
        columns = re.findall(r"^\| `(\w+)` \|", told, flags=re.MULTILINE)
        assert columns == list(ask(store, f"SELECT * FROM {name}").columns)


def test_questions_in_the_document_are_answered(store: Path):
    text = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    questions = re.findall(r"```sql\n(.+?)```", text, flags=re.DOTALL)
    assert len(questions) >= 3
    for question in questions:
        ask(store, question)
