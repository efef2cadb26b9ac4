"""What the columns of an export hold, as docs/csv.md says it; English, as their names are."""

from typing import Final

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.sessions.csv_export import HEADER, SCHEMA_VERSION

_FIGURES: Final = {
    "mean": "share of {expression} among the readable faces, 0 to 1",
    "low": "lower end of the 95 % interval of mean_{expression}",
    "high": "upper end of the 95 % interval of mean_{expression}",
    "count": "readable faces whose most probable expression is {expression}",
}
_OF_SECONDS: Final = {
    "time": "when the second ended, with its offset from UTC",
    "elapsed_s": "seconds since the lesson's start",
    "state": "live and withheld: the second was seen; starting: nothing was read yet; else why it was not seen",
    "gap_s": "length of the gap in seconds, where the row stands for more than its own; else empty",
    "seats": "participants of the call, less those who are left out",
    "cameras_on": "seats whose tile shows a moving picture",
    "faces": "faces found",
    "readable": "faces that could be read; every figure of the row rests on these",
    **{
        f"{figure}_{expression}": words.format(expression=expression)
        for figure, words in _FIGURES.items()
        for expression in EXPRESSIONS
    },
    "left": "how many left the call since the lesson's start",
    "came_back": "how many of these came back since",
    "marker": "what was named in this second; two names are parted by a semicolon",
}
SECONDS: Final = {name: _OF_SECONDS[name] for name in HEADER}
MOMENTS: Final = {
    "time": "when it began, with its offset from UTC",
    "elapsed_s": "the same in seconds since the lesson's start",
    "length_s": "how long it lasted; empty for a marker and an alert",
    "kind": "marker, alert, change (a difference from usual that chance does not explain) or gap",
    "name": "what the marker says, what the alert or the change is, or why there is a gap",
    "faces": "faces that showed it",
    "usual": "how many do so usually, of the same faces; empty where fewer than three would be told of the low group",
    "of": "how many faces these are",
}
WHOLE: Final = frozenset(
    ("seats", "cameras_on", "faces", "readable", "left", "came_back", *(name for name in HEADER if "count_" in name))
)
TEXTS: Final = frozenset(("state", "marker"))
LIMITS: Final = (
    "Of a live class each mean is that of a stretch of 30 s, and fewer than three angry, disgusted, afraid or sad "
    "faces are an empty cell and counted among the neutral ones: a small cell is a named child. The demo class, one's "
    "own camera and recordings are not limited."
)
NO_VERDICT: Final = "Guesses about faces, often wrong about a single one. Not for grading, appraisal or discipline."


def as_markdown() -> str:
    """The dictionary that lies beside the files."""
    lines = [f"# Columns of a lesson's CSV and Parquet, schema version {SCHEMA_VERSION}", ""]
    lines += [NO_VERDICT, "", LIMITS, "", "| column | holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {words} |" for name, words in SECONDS.items()]
    return "\n".join([*lines, ""])
