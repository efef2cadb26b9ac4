"""What a session is started with; nothing is opened yet."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fer_desktop.core.glance.alerts.alert_choices import AlertSettings
from fer_desktop.core.glance.usual import LEARNING_S
from fer_desktop.core.messages import Message
from fer_desktop.core.sources import SourceChoice
from fer_desktop.pipeline.ports import Analyzer, SessionFile, SessionStorage, Source

REOPEN_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A source, and how everything is had that reading it takes. All calls are made in worker threads."""

    choice: SourceChoice
    open_source: Callable[[], Source]  # not open yet; raises SourceError
    load_analyzer: Callable[[], Analyzer]  # slow; raises ModelError
    create_file: Callable[[], SessionFile]  # raises StoreError
    max_updates_hz: float
    cpu_share: float  # 0-1 of all cores
    refusal: Message | None = None  # why this may not be opened with the answers given
    # Where the session is stored beside that file, whose path it is told; where it raises FerError, or fails later, the
    # session goes on without. It gives None where the file itself is the store.
    open_store: Callable[[Path], SessionStorage | None] | None = None
    # Keeps what is known of a fault, and says where; None: nowhere.
    write_report: Callable[[str], Path | None] = field(default=lambda _text: None)
    alerts: AlertSettings = field(default_factory=AlertSettings)
    class_size: int = 0  # as the teacher said of this source before; 0: nothing
    learning_s: float = LEARNING_S  # so long what is usual is learnt
    reopen_s: float = REOPEN_S  # between two tries to open a lost source
