from pathlib import Path

import numpy as np
import pandas as pd

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.types import Analysis, Face, Frame, Quality, Reading, Reason, no_figures
from fer_desktop.sessions.faces_csv import HEADER, FacesCsv


def analysis(*readings: Reading) -> Analysis:
    return Analysis(Frame(0, 0.0, np.zeros((90, 160, 3), np.uint8)), readings, 0.0)


def reading(seat: int, readable: bool) -> Reading:
    face = Face(np.array([-0.01, 10.26, 30.0, 50.5], np.float32), 0.91, np.zeros((5, 2), np.float32))
    quality = Quality(readable, Reason.NONE if readable else Reason.TOO_SMALL, 40.24)
    return Reading(seat, face, quality, np.full(N_EXPRESSIONS, 1 / 7, np.float32) if readable else no_figures())


def test_each_face_of_a_frame_is_a_row(tmp_path: Path) -> None:
    faces = FacesCsv(tmp_path / "faces.csv")
    faces.write("Übung 1.mp4", 0.5, analysis(reading(1, True), reading(2, False)))
    faces.write("Übung 1.mp4", 1.0, analysis())
    faces.write("=cmd.jpg", 2.0, analysis(reading(1, True)))
    faces.close()
    table = pd.read_csv(tmp_path / "faces.csv")
    assert list(table.columns) == list(HEADER)
    assert list(table.source) == ["Übung 1.mp4", "Übung 1.mp4", "'=cmd.jpg"]
    assert list(table.elapsed_s) == [0.5, 0.5, 2.0]
    assert list(table.seat) == [1, 2, 1]
    assert table.loc[0, ["x0", "y0", "x1", "y1"]].tolist() == [0.0, 10.3, 30.0, 50.5]
    assert table.readable.tolist() == [1, 0, 1]
    assert table.reason.fillna("").tolist() == ["", "too small", ""]
    figures = table[[f"p_{name}" for name in EXPRESSIONS]]
    assert figures.loc[1].isna().all()
    assert abs(figures.loc[0].sum() - 1) < 1e-3


def test_the_header_of_faces_is_the_one_promised() -> None:
    assert list(HEADER) == [
        *("source", "elapsed_s", "seat", "x0", "y0", "x1", "y1", "score", "readable", "reason"),
        *(f"p_{name}" for name in EXPRESSIONS),
    ]


def test_a_file_name_that_is_no_text_is_kept_readable(tmp_path: Path) -> None:
    faces = FacesCsv(tmp_path / "faces.csv")
    faces.write("caf\udce9.jpg", 1.0, analysis(reading(1, True)))
    faces.close()
    assert pd.read_csv(tmp_path / "faces.csv").source[0] == r"caf\udce9.jpg"
