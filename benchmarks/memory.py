"""Prints where the memory goes: libraries, the demo class, detector, network by batch, analyses of 23 faces.

`PYTHONPATH=.:tests python benchmarks/memory.py`. What was freed is given back to the system before each figure.
"""

import gc
import importlib
import os
import sys
import time

import psutil

from fer_desktop.core.memory import give_back, let_large_blocks_go

LIBRARIES = ("numpy", "cv2", "PySide6.QtWidgets", "pyqtgraph", "ai_edge_litert.interpreter", "fer_desktop.app.services")
FRAMES = 8


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    let_large_blocks_go()
    _say("Python")
    for name in LIBRARIES:
        importlib.import_module(name)
        _say(name)
    _follow_the_way_of_frames()
    gc.collect()
    _say("all of it let go")


def _follow_the_way_of_frames() -> None:
    import numpy as np

    from fer_desktop.app import compose, paths
    from fer_desktop.core.settings import Settings
    from fer_desktop.core.types import Frame
    from fer_desktop.simulation.demo_class import DemoClass
    from fer_desktop.vision.classifiers import BATCHES

    demo = DemoClass(paths.resources(), realtime=False)
    demo.open()
    images = [demo.image_at(number / 2) for number in range(FRAMES)]
    _say(f"demo class and {FRAMES} frames of 6 MB")
    models = compose.load_models(Settings())
    _say("detector and network loaded")
    models.detector.detect(images[0])
    _say("detector, one frame")
    spec = models.classifier.spec
    for batch in BATCHES:
        models.classifier.classify(np.zeros((batch, spec.side_px, spec.side_px, spec.channels), np.uint8))
        _say(f"network, batch of {batch}")
    analyzer = models.analyzer()
    for number, image in enumerate(images):
        analyzer.analyze(Frame(number, time.monotonic(), image))
    _say("frames analysed")


def _say(what: str) -> None:
    give_back()
    sys.stdout.write(f"{what:<40}{psutil.Process().memory_info().rss / 1e6:>8.0f} MB\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
