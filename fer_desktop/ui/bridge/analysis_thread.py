"""The thread of a session that analyses frames."""

from PySide6.QtCore import QObject, QThread

from fer_desktop.core.memory import give_back
from fer_desktop.pipeline.session_engine.loops.analysis_loop import AnalysisLoop


class AnalysisThread(QThread):
    """Runs an analysis loop, which ends by a command in its inbox."""

    def __init__(self, loop: AnalysisLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.loop = loop

    def run(self) -> None:
        """Reads frames until the session is over."""
        self.loop.run()
        give_back()  # detector and network are most of what a session takes
