"""Opens a folder in the system's file manager, and tells where there is none."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_OPENER: Final = "xdg-open"


def open_folder(folder: Path, failed: Callable[[], object], parent: QObject) -> None:
    """Shows the folder; `failed` is called, now or soon, where nothing can show it.

    On Linux Qt starts xdg-open and does not wait for what it says, which is how nothing happens without a word.
    """
    if sys.platform != "linux" or not folder.is_dir():
        if not (folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))):
            failed()
        return
    opener = shutil.which(_OPENER)
    if opener is None:
        failed()
        return
    process = QProcess(parent)
    process.finished.connect(lambda code, _status: failed() if code else None)
    process.errorOccurred.connect(lambda error: failed() if error is QProcess.ProcessError.FailedToStart else None)
    process.finished.connect(process.deleteLater)
    process.start(opener, [str(folder)])
