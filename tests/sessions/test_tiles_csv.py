from pathlib import Path

import numpy as np

from fer_desktop.core.types import Analysis, Frame, Tile
from fer_desktop.sessions.tiles_csv import TilesCsv


def test_each_tile_has_a_row_in_reading_order(tmp_path: Path) -> None:
    boxes = np.array([[0, 0, 160, 90], [166, 0.25, 326, 90]], np.float32)
    tiles = (Tile(boxes[0], 4, camera_on=True), Tile(boxes[1], 2, camera_on=False))
    frame = Frame(0, 0.0, np.zeros((90, 326, 3), np.uint8))
    file = TilesCsv(tmp_path / "tiles.csv")
    file.write("call.png", 1.0, Analysis(frame, (), 0.0, tiles=tiles))
    file.write("photo.png", 2.0, Analysis(frame, (), 0.0))
    file.close()
    assert file.path.read_text("utf-8-sig").splitlines() == [
        "source,elapsed_s,tile,seat,x0,y0,x1,y1,camera_on",
        "call.png,1,1,4,0,0,160,90,1",
        "call.png,1,2,2,166,0.2,326,90,0",
    ]
