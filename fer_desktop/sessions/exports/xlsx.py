"""A lesson as a workbook: seconds, moments, figures with charts, and what the columns hold; through XlsxWriter."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.core.files import temporary_folder
from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.csv_file import text
from fer_desktop.sessions.exports.columns import LIMITS, MOMENTS, NO_VERDICT, SECONDS
from fer_desktop.sessions.exports.lesson import Lesson
from fer_desktop.sessions.exports.rows import Cell, Row, moment_row, typed_rows

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Curves = tuple[tuple[str, str, str, str], ...]  # column, name, colour, dashes
_TIME: Final = "yyyy-mm-dd hh:mm:ss"
# In the colours of the window (ui/look/theme.py), with a second cue for grey paper. Sad, afraid and angry have no
# curve: nothing in the sheet says how many are usual, without which they are not shown.
_CURVES: Final = (("mean_happy", "smiling", "#E69F00", "solid"), ("mean_surprise", "surprised", "#2A7FB4", "dash"))
_FACES: Final = (("cameras_on", "cameras on", "#868894", "dash"), ("readable", "faces read", "#3B6FE0", "solid"))
_MOST_ROWS: Final = 1_048_575  # of a sheet, less its header; twelve days
_CHART: Final = {"width": 960, "height": 360}


def write_xlsx(lesson: Lesson, table: Path, file: Path) -> None:
    """Writes the workbook of the lesson, whose CSV is `table`. Raises OSError."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    with temporary_folder() as folder:
        # A row at a time, so that a day takes no more memory than a minute; nothing typed becomes a formula or a link.
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        # Into memory first: a ZIP that meets a full disk goes on trying to end itself when it is thrown away.
        data = BytesIO()
        try:
            book = Workbook(data, options)
            _fill(book, lesson, table)
            book.close()
        except XlsxWriterException as error:
            # It wraps what the disk said.
            raise next((one for one in error.args if isinstance(one, OSError)), OSError(str(error))) from error
    file.write_bytes(data.getbuffer())


def _fill(book: "Workbook", lesson: Lesson, table: Path) -> None:
    book.set_properties({"title": text(lesson.stored.name), "comments": NO_VERDICT})
    bold, time = book.add_format({"bold": True}), book.add_format({"num_format": _TIME})
    figures = book.add_worksheet("Figures")
    seconds = _sheet(book, "Seconds", list(HEADER), bold)
    count = 0
    for count, row in enumerate(typed_rows(table), start=1):
        if count > _MOST_ROWS:
            break
        _write_row(seconds, count, row, time)
    moments = _sheet(book, "Moments", list(MOMENTS), bold)
    for number, moment in enumerate(lesson.moments, start=1):
        _write_row(moments, number, moment_row(lesson, moment), time)
    columns = _sheet(book, "Columns", ["column", "holds"], bold)
    for number, (name, words) in enumerate([*SECONDS.items(), *MOMENTS.items()], start=1):
        _write_row(columns, number, [name, words], time)
    columns.set_column(0, 0, 18)
    columns.set_column(1, 1, 90)
    _write_figures(figures, lesson, bold, time)
    rows = min(count, _MOST_ROWS)
    figures.insert_chart("D2", _chart(book, rows, "Share of the readable faces, 0 to 1", _CURVES, 1))
    figures.insert_chart("D22", _chart(book, rows, "Cameras on, and faces read", _FACES, None))


def _sheet(book: "Workbook", name: str, header: list[str], bold: "Format") -> "Worksheet":
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 20)
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, bold)
    return sheet


def _write_row(sheet: "Worksheet", number: int, row: Row, time: "Format") -> None:
    for column, cell in enumerate(row):
        _write(sheet, number, column, cell, time)


def _write(sheet: "Worksheet", row: int, column: int, cell: Cell, time: "Format") -> None:
    match cell:
        case None | "":
            pass
        case datetime():
            # A spreadsheet knows no offsets: what the wall clock showed.
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), time)
        case str():
            sheet.write_string(row, column, text(cell))
        case _:
            sheet.write_number(row, column, cell)


def _write_figures(sheet: "Worksheet", lesson: Lesson, bold: "Format", time: "Format") -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 40)
    rows: list[Row] = [[name, _plain(value)] for name, value in lesson.figures().items()]
    rows += [["about", NO_VERDICT], ["limits", LIMITS if lesson.stored.live_class else ""]]
    for number, row in enumerate(rows):
        sheet.write_string(number, 0, str(row[0]), bold)
        _write(sheet, number, 1, row[1], time)


def _plain(value: object) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int | float) else str(value or "")


def _chart(book: "Workbook", rows: int, title: str, curves: Curves, top: int | None) -> "Chart":
    chart = book.add_chart({"type": "scatter", "subtype": "straight"})
    last, x = max(1, rows), HEADER.index("elapsed_s")
    for column, name, colour, dash in curves:
        y = HEADER.index(column)
        chart.add_series(
            {
                "name": name,
                "categories": ["Seconds", 1, x, last, x],
                "values": ["Seconds", 1, y, last, y],
                "line": {"color": colour, "dash_type": dash, "width": 1.5},
            }
        )
    chart.set_title({"name": title})
    chart.set_y_axis({"min": 0, "max": top})
    chart.set_x_axis({"name": "seconds since the lesson's start", "min": 0})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size(_CHART)
    return chart
