"""The course of the lesson as an SVG within the page: smiling upwards, sad, afraid or angry downwards."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from fer_desktop.core.report_page import ChartMarks, ChartWords, Column, Course
from fer_desktop.sessions.report.look import (
    AXIS,
    FONTS,
    LINE,
    LOW,
    LOW_PALE,
    MUTED,
    SMILING,
    SMILING_EDGE,
    SMILING_PALE,
    TEXT,
    UNSEEN,
)

WIDE, NARROW = 712, 344  # px; on a phone the same words need as much room in a narrower picture
_LEFT, _RIGHT, _TOP, _UP, _DOWN, _BELOW = 48, 8, 28, 144, 72, 28
_ZERO: Final = _TOP + _UP
_BOTTOM: Final = _ZERO + _DOWN
_HEIGHT: Final = _BOTTOM + _BELOW
_SMALL: Final = 12  # px, height of type
_LABEL_PX: Final = 64  # that a marker's name takes at least
_LETTERS: Final = 14  # of a marker's name
# Round letters that stand over the curve.
_HALO: Final = 'stroke="#FFFFFF" stroke-width="3" paint-order="stroke"'
# They tell the lower group on grey paper.
_STRIPES: Final = (
    '<defs><pattern id="{name}-p" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="{colour}"/><rect width="2" height="6" fill="#FFFFFF" fill-opacity="0.35"/>'
    "</pattern></defs>"
)


def chart(course: Course, width: int) -> str:
    """The SVG element, with its title and description for those who cannot see it."""
    columns, marks, words = course.columns, course.marks, course.words
    name, kind = f"c{width}", "wide" if width == WIDE else "narrow"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width} {_HEIGHT}" role="img"'
        f' aria-labelledby="{name}-t {name}-d" font-family="{escape(FONTS)}" font-size="{_SMALL}">'
    )
    parts = [
        head,
        f'<title id="{name}-t">{escape(words.title)}</title><desc id="{name}-d">{escape(words.description)}</desc>',
        _STRIPES.format(name=name, colour=LOW),
        *_ground(marks, words, course.times if width == WIDE else course.few_times, width),
        *_areas(columns, width, f"url(#{name}-p)"),
        f'<path d="M{_LEFT} {_ZERO}H{width - _RIGHT}" stroke="{AXIS}"/>',
        *_named(marks, width),
        "</svg>",
    ]
    return "".join(parts)


def _x(part: float, width: int) -> float:
    return round(_LEFT + part * (width - _LEFT - _RIGHT), 1)


def _ground(marks: ChartMarks, words: ChartWords, times: Sequence[tuple[float, str]], width: int) -> Iterator[str]:
    for begin, end in marks.unseen:
        left, right = _x(begin, width), _x(end, width)
        size = f'width="{max(1.0, right - left):.1f}" height="{_UP + _DOWN}"'
        yield f'<rect x="{left}" y="{_TOP}" {size} fill="{UNSEEN}"/>'
    heights = ((_TOP, words.everybody), (_TOP + _UP // 2, words.half), (_ZERO, words.nobody), (_BOTTOM, words.half))
    for y, word in heights:
        yield f'<path d="M{_LEFT} {y}H{width - _RIGHT}" stroke="{LINE}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{MUTED}">{escape(word)}</text>'
    for part, word in times:
        anchor = "start" if part == 0 else "end" if part == 1 else "middle"
        yield (
            f'<text x="{_x(part, width)}" y="{_HEIGHT - 8}" text-anchor="{anchor}" fill="{MUTED}">{escape(word)}</text>'
        )


def _areas(columns: Sequence[Column | None], width: int, striped: str) -> Iterator[str]:
    """Pale as far as it is usual, full beyond it; a line where usual is."""
    for seen, run in groupby(enumerate(columns), key=lambda place: place[1] is not None):
        if not seen:
            continue
        those = [(number, column) for number, column in run if column is not None]
        edges = [_x(number / len(columns), width) for number, _ in those]
        edges.append(_x((those[-1][0] + 1) / len(columns), width))
        smiling = [_up(column.smiling) for _, column in those]
        low = [_down(column.low) for _, column in those]
        yield _area(edges, smiling, [float(_ZERO)] * len(those), SMILING_PALE)
        yield _area(edges, low, [float(_ZERO)] * len(those), LOW_PALE)
        usual_up = [_up(one.usual_smiling if one.usual_smiling is not None else one.smiling) for _, one in those]
        usual_down = [_down(one.usual_low if one.usual_low is not None else one.low) for _, one in those]
        yield _area(edges, list(map(min, smiling, usual_up)), usual_up, SMILING)
        yield _area(edges, list(map(max, low, usual_down)), usual_down, striped)
        yield _line(edges, smiling, SMILING_EDGE, "1")
        known = [one.usual_smiling is not None for _, one in those]
        if any(known):
            first = known.index(True)
            yield _line(edges[first:], usual_up[first:], TEXT, "1", "2 3")
            yield _line(edges[first:], usual_down[first:], TEXT, "1", "2 3")


def _up(share: float) -> float:
    return round(_ZERO - _UP * min(1.0, share), 1)


def _down(share: float) -> float:
    return round(_ZERO + 2 * _DOWN * min(0.5, share), 1)


def _steps(edges: Sequence[float], heights: Sequence[float]) -> str:
    """From left to right; what goes on at the same height is one stroke."""
    parts: list[str] = []
    at: float | None = None
    for edge, height in zip(edges, heights, strict=False):
        if height != at:
            parts.append(f"H{edge}V{height}" if parts else f"{edge} {height}")
            at = height
    return "".join(parts) + f"H{edges[-1]}"


def _area(edges: Sequence[float], heights: Sequence[float], base: Sequence[float], fill: str) -> str:
    if list(heights) == list(base):
        return ""
    back = "".join(f"V{height}H{left}" for left, height in zip(reversed(edges[:-1]), reversed(base), strict=True))
    return f'<path d="M{_steps(edges, heights)}{back}Z" fill="{fill}"/>'


def _line(edges: Sequence[float], heights: Sequence[float], colour: str, width: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{_steps(edges, heights)}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _named(marks: ChartMarks, width: int) -> Iterator[str]:
    free_from = 0.0
    for part, name in sorted(marks.markers):
        x = _x(part, width)
        yield f'<path d="M{x} {_TOP - 12}V{_BOTTOM}" stroke="{TEXT}" stroke-dasharray="4 3"/>'
        if x >= free_from and x + _LABEL_PX <= width:
            short = name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"
            yield f'<text x="{x + 4}" y="{_TOP - 14 + _SMALL}" fill="{TEXT}" {_HALO}>{escape(short)}</text>'
            free_from = x + max(_LABEL_PX, 8 * len(short))
    for part in marks.changes:
        x = _x(part, width)
        yield f'<path d="M{x - 5} {_BOTTOM + 9}L{x + 5} {_BOTTOM + 9}L{x} {_BOTTOM + 1}Z" fill="{TEXT}"/>'
