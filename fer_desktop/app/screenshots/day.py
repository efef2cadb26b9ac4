"""The day of the pictures."""

from datetime import datetime, timedelta, timezone
from typing import Final

from fer_desktop.core.sources import WindowChoice

ZONE: Final = timezone(timedelta(hours=1))
STARTED: Final = datetime(2026, 11, 27, 10, 15, tzinfo=ZONE)  # the lesson that is seen
NOW: Final = datetime(2026, 11, 27, 11, 5, tzinfo=ZONE)
CALL: Final = WindowChoice("Zoom Meeting", 7, "zoom")
OTHER_WINDOWS: Final = (WindowChoice("Plan of the lesson", 3, "LibreOffice"), WindowChoice("Slides", 4, "Firefox"))
