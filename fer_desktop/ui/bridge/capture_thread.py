"""The thread of a session that captures frames."""

from PySide6.QtCore import QObject, QThread

from fer_desktop.pipeline.session_engine.loops.capture_loop import CaptureLoop


class CaptureThread(QThread):
    """Runs a capture loop; `loop.stop()` ends it."""

    def __init__(self, loop: CaptureLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loop = loop

    def run(self) -> None:
        """Reads the source until it ends."""
        self.loop.run()
