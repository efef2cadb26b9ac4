"""Pictures: a row for each, and no lesson."""

import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fer_desktop.app.compose import LoadedModels
from fer_desktop.app.recordings.results import Results
from fer_desktop.app.recordings.run import FAULT_IN_FILE, Options, Run, Watcher
from fer_desktop.app.terminal.inputs import Input
from fer_desktop.core.errors import FerError
from fer_desktop.core.messages import message
from fer_desktop.core.types import Frame, State
from fer_desktop.pipeline.events import Marker, Started
from fer_desktop.pipeline.session_engine.recording.recorder import summary_of

logger = logging.getLogger(__name__)


def analyze_pictures(
    pictures: Sequence[Input], models: LoadedModels, folder: Path, options: Options, watcher: Watcher
) -> Run:
    """Writes a row for each picture that can be read, with its number for the time and its name for the marker.

    Raises StoreError where rows cannot be written. Pictures that cannot be read are problems in the run.
    """
    from fer_desktop.capture.files.picture_file import read_picture

    with contextlib.closing(Results("pictures", folder, options)) as results:
        results.session.write(Started(datetime.now().astimezone(), "pictures", live_class=False))
        for done, picture in enumerate(pictures, start=1):
            if watcher.stopped:
                break
            number = float(results.run.frames + 1)
            try:
                image = read_picture(picture.path)
                # Pictures are not moments of one scene: nothing is carried over from one to the next.
                analysis = models.analyzer().analyze(Frame(results.run.frames, number, image))
            except FerError as error:
                results.run.problems[str(picture.path)] = str(error)
                watcher.update(done, len(pictures))
                continue
            except Exception:  # a fault of ours, which one picture brings to light: the others are still to be read
                logger.exception("Fault while reading a picture")
                results.run.problems[str(picture.path)] = str(message(FAULT_IN_FILE.text, path=picture.path))
                watcher.update(done, len(pictures))
                continue
            results.session.write(Marker(results.run.frames + 1, number, picture.name))
            results.session.write(summary_of(analysis, number, State.LIVE))
            results.count(picture.name, number, analysis)
            watcher.update(done, len(pictures))
    return results.run
