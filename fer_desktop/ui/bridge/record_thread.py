"""The thread of a session that records."""

from PySide6.QtCore import QObject, QThread

from fer_desktop.pipeline.session_engine.loops.record_loop import RecordLoop


class RecordThread(QThread):
    """Runs a record loop, which ends by a command in its inbox."""

    def __init__(self, loop: RecordLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loop = loop

    def run(self) -> None:
        """Records a row a second until the session is over."""
        self.loop.run()
