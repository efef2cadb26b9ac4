"""Kinds of files that a lesson can become; quick to load, since the command line names them."""

from enum import StrEnum


class Format(StrEnum):
    """Kinds of files; the value is their suffix."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PARQUET = "parquet"
    HTML = "html"
    PDF = "pdf"
