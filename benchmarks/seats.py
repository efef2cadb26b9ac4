"""Prints how well seats are kept and how long that takes, without a detector, which seats do not need.

`PYTHONPATH=. python benchmarks/seats.py tuning 1 8 [hardest ...]` (split, seeds, calls of `evaluate-gallery`).
"""

import sys
import time

import numpy as np

from fer_desktop.app import paths
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.seats.tile_seats import TileSeats
from fer_desktop.core.types import Face, PeopleSplit
from fer_desktop.evaluation.gallery import CALLS, STEP_S, TILE_IOU, Call, _Seats
from fer_desktop.simulation.ground_truth import CallTruth
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.tile_features import FeatureExtractor
from fer_desktop.vision.gallery.tile_grid import TileGrid

_SEEN = 0.6  # of a face, from which on a detector finds it


def play(call: Call, split: PeopleSplit, seed: int) -> tuple[_Seats, list[float]]:
    """The seats of a call, and the ms that each frame took."""
    simulator = CallSimulator(
        paths.resources(), call.script, call.tiles, call.style, call.picture_px, seed, split, realtime=False
    )
    grid, extractor, seats, told, took_ms = TileGrid(), FeatureExtractor(), TileSeats(), _Seats(), []
    for at_s in np.arange(0.0, min(call.end_s, simulator.lasts_s), STEP_S).tolist():
        truth, image = simulator.truth_at(at_s), simulator.image_at(at_s)
        grid.has_changed(image)
        boxes = grid.read(image, _faces(truth)).tiles
        start_s = time.perf_counter()
        tiles = seats.assign(extractor.features(image, boxes), at_s)
        took_ms.append(1000 * (time.perf_counter() - start_s))
        true = np.array([tile.tile_xyxy for tile in truth.tiles], np.float32).reshape(-1, 4)
        pairs = match_greedily(iou_matrix(true, boxes.reshape(-1, 4)), TILE_IOU)
        told.update(at_s, [(truth.tiles[row].participant, tiles[column].seat) for row, column in pairs])
    simulator.close()
    return told, took_ms


def _faces(truth: CallTruth) -> list[Face]:
    """The faces that are in sight, as a detector would find them."""
    boxes = [tile.seen_xyxy for tile in truth.tiles if tile.seen_xyxy is not None and tile.face_share >= _SEEN]
    return [Face(np.array(box, np.float32), 0.9, np.zeros((5, 2), np.float32)) for box in boxes]


def main(split: PeopleSplit, first: int, last: int, scripts: tuple[str, ...]) -> None:
    """Plays and prints."""
    for call in CALLS:
        if scripts and call.script not in scripts:
            continue
        played = [play(call, split, seed) for seed in range(first, last + 1)]
        kept = [told.kept / told.sightings for told, _ in played]
        total = sum(told.kept for told, _ in played) / sum(told.sightings for told, _ in played)
        took_ms = np.concatenate([each for _, each in played])
        sys.stdout.write(
            f"{call.script:<14} kept {total:.4f} "
            f"(least {min(kept):.4f}), swaps {sum(told.swaps for told, _ in played)}, "
            f"ms a frame: median {np.median(took_ms):.1f}, 95 % {np.quantile(took_ms, 0.95):.1f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(PeopleSplit(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4:]))
