"""The page as HTML."""

from collections.abc import Iterator
from html import escape
from typing import Final

from fer_desktop.core.report_page import ReportPage
from fer_desktop.sessions.report.chart import NARROW, WIDE, chart
from fer_desktop.sessions.report.look import STYLE

_NOTE_LINES: Final = 4
_BETWEEN: Final = " · "  # a lesson's name and its class
# Nothing is fetched from anywhere, and nothing runs.
_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(page: ReportPage) -> str:
    """The report as one page of HTML that needs nothing beside itself."""
    title = escape(page.title)
    of_class = f'{_BETWEEN}<span class="class">{escape(page.class_name)}</span>' if page.class_name else ""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(page.language)}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_ALONE}">',
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
        f"<header>\n<h1>{title}{of_class}</h1>\n<p><span>{escape(page.when)}</span>",
        f"<span>{escape(page.program)}</span></p>\n</header>",
        *_glance(page),
        *_course(page),
        *_moments(page),
        f"<section>\n<h2>{escape(page.headings.basis)}</h2>\n<ul>",
        *(f"<li>{escape(sentence)}</li>" for sentence in page.basis),
        "</ul>\n</section>",
        *_notes(page),
        f"<footer><strong>{escape(page.warning)}</strong>",
        f"{escape(page.made)}</footer>",
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _glance(page: ReportPage) -> Iterator[str]:
    first, second = page.sentence
    yield f'<section>\n<p class="sentence">{escape(first)}</p>'
    yield f'<p class="second">{escape(second)}</p>\n<dl>'
    for figure, name in page.facts:
        yield f"<div><dt>{escape(name)}</dt><dd>{escape(figure)}</dd></div>"
    yield "</dl>\n</section>"


def _course(page: ReportPage) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(page.headings.course)}</h2>\n<figure>"
    for width in (WIDE, NARROW):
        yield chart(page.course, width)
    yield f"<figcaption>{escape(page.course.caption)}</figcaption>\n</figure>\n</section>"


def _moments(page: ReportPage) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(page.headings.moments)}</h2>"
    if not page.moments:
        yield f"<p>{escape(page.no_moment)}</p>\n</section>"
        return
    heads = (page.headings.time, page.headings.moment)
    yield '<table>\n<thead class="unseen"><tr>' + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead>\n<tbody>"
    for row in page.moments:
        words = f'<span class="words">{escape(row.words)}</span>' if row.words else ""
        yield f'<tr><th scope="row">{escape(row.time)}</th><td>{escape(row.name)}{words}</td></tr>'
    yield "</tbody>\n</table>\n</section>"


def _notes(page: ReportPage) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(page.headings.notes)}</h2>"
    for note in page.notes:
        yield f'<p class="note">{escape(note)}</p>'
    yield '<div aria-hidden="true">' + '<div class="rule"></div>' * _NOTE_LINES + "</div>\n</section>"
