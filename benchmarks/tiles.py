"""Prints how many tiles of simulated calls are found.

`PYTHONPATH=. python benchmarks/tiles.py tuning 1 20` (split, seeds).
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator

import cv2
import numpy as np

from fer_desktop.app import paths
from fer_desktop.core.geometry import iou_matrix, match_greedily
from fer_desktop.core.types import FloatArray, Image, PeopleSplit
from fer_desktop.simulation.layout import Box, Style, View
from fer_desktop.simulation.simulator import CallSimulator
from fer_desktop.vision.gallery.tiles_by_ground.grid import find_tiles

SIZES = ((640, 360), (1280, 720), (1920, 1080), (2560, 1440))
COUNTS = (1, 2, 3, 4, 5, 6, 7, 9, 12, 16, 20, 25, 30, 36, 42, 49)
SCRIPTS = ("calm", "cameras", "faces", "hardest")
FRAMES = 3  # of each call


def calls(split: PeopleSplit, seeds: range) -> Iterator[tuple[str, Image, FloatArray]]:
    """What a call is, a frame of it, and its tiles (N, 4): each seed has one call in every style and size."""
    for seed in seeds:
        rng = np.random.default_rng([seed, 91])
        for style in Style:
            for size in SIZES:
                view = list(View)[int(rng.choice(4, p=(0.55, 0.1, 0.2, 0.15)))]
                count, script = int(rng.choice(COUNTS)), str(rng.choice(SCRIPTS))
                window = _window(rng, size) if rng.random() < 0.5 else None
                gap: int | None
                corner: int | None
                gap, corner = (2 + int(px * size[1] / 1080) for px in rng.uniform(0, 14, 2))
                if rng.random() < 0.7:
                    gap = corner = None  # the style's own
                call = CallSimulator(
                    paths.resources(), script, count, style, size, seed, split, view=view, window_xyxy=window,
                    gap_px=gap, corner_px=corner, realtime=False,
                )  # fmt: skip
                for second in rng.uniform(0, call.lasts_s, FRAMES):
                    truth = call.truth_at(float(second))
                    boxes = np.array([tile.tile_xyxy for tile in truth.tiles], np.float32).reshape(-1, 4)
                    what = f"{style} {size[0]}x{size[1]} {view} {'window' if window else 'whole'} {len(boxes)}"
                    yield what, call.image_at(float(second)), boxes
                call.close()


def _window(rng: np.random.Generator, size: tuple[int, int]) -> Box:
    width, height = (round(side * rng.uniform(0.55, 0.9)) for side in size)
    x, y = int(rng.integers(0, size[0] - width)), int(rng.integers(0, size[1] - height))
    return x, y, x + width, y + height


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(split: PeopleSplit, first: int, last: int) -> None:
    """Prints recall and false tiles by style, size, view and window, and every frame with a mistake."""
    cv2.setNumThreads(1)
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    times: dict[str, list[float]] = defaultdict(list)
    for number, (what, image, boxes) in enumerate(calls(split, range(first, last + 1))):
        start_s = time.process_time()
        found = find_tiles(image)
        style, size, view, window, count = what.split()
        times[size].append(1000 * (time.process_time() - start_s))
        hit = len(match_greedily(iou_matrix(boxes, found), 0.8)) if len(found) else 0
        few = "1-2 tiles" if int(count) < 3 else "3-9 tiles" if int(count) < 10 else "10-49 tiles"
        for key in ("all", style, size, view, window, few, f"{style} {size}"):
            sums[key] = [a + b for a, b in zip(sums[key], (len(boxes), hit, len(found) - hit), strict=True)]
        if hit < len(boxes) or len(found) > hit:
            _say(f"frame {number}: {what}, found {hit}, false {len(found) - hit}")
            if len(sys.argv) > 4:
                for box, colour in [(b, (0, 255, 0)) for b in boxes] + [(b, (0, 0, 255)) for b in found]:
                    cv2.rectangle(image, box[:2].astype(int).tolist(), box[2:].astype(int).tolist(), colour, 2)
                cv2.imwrite(f"{sys.argv[4]}/{number}.png", image)
    for key in sorted(sums, key=lambda key: (key != "all", " " in key and "tiles" not in key)):
        of, right, wrong = sums[key]
        _say(f"{key:28} {of:6.0f} tiles  found {100 * right / of:6.2f} %  false {100 * wrong / of:5.2f} %")
    for size, values in times.items():
        _say(f"{size:12} median {np.median(values):.1f} ms, 95 % {np.percentile(values, 95):.1f} ms of one core")


if __name__ == "__main__":
    main(PeopleSplit(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
