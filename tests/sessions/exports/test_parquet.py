"""Parquet, with pyarrow and without."""

import sys
from pathlib import Path

import pytest
from support.stored_lessons import store_scripted

from fer_desktop.core.errors import StoreError
from fer_desktop.sessions.csv_export import HEADER
from fer_desktop.sessions.exports.export import Exporter
from fer_desktop.sessions.exports.kinds import Format


def test_it_opens_in_pandas_with_types(tmp_path: Path):
    import pandas as pd
    from pyarrow import parquet

    store = tmp_path / "sessions.db"
    file = Exporter(store, tmp_path, Format.PARQUET, lambda _: "").export(store_scripted(store, 300)).file
    table = pd.read_parquet(file)
    assert list(table.columns) == list(HEADER)
    assert len(table) == 300
    assert str(table.time.dtype).startswith("datetime64[ms")
    assert table.count_happy.dropna().sum() > 0
    schema = parquet.read_schema(file)
    assert schema.metadata[b"csv_schema"] == b"3"
    assert schema.field("faces").metadata[b"holds"] == b"faces found"


def test_without_pyarrow_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(StoreError, match="pip install pyarrow"):
        Exporter(tmp_path / "sessions.db", tmp_path, Format.PARQUET, lambda _: "")
