"""Alerts of the running session in the window: the line that says one, and what the teacher makes of it."""

from PySide6.QtCore import QObject

from fer_desktop.core.glance.alerts.alert_detector import AlertRaised, alert_message
from fer_desktop.core.settings import Settings
from fer_desktop.pipeline.events import Alert
from fer_desktop.pipeline.session_engine.channel.commands import AnswerAlert, ChooseAlerts, QuietAlerts
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.look.words import told
from fer_desktop.ui.session.marking import Marking
from fer_desktop.ui.session.page import SessionPage


class Alerting(QObject):
    """Says on the page what the session tells, and hands her answers to it."""

    def __init__(self, page: SessionPage, session: LiveSession, marking: Marking, settings: Settings) -> None:
        super().__init__(page)
        self._line, self._session, self._marking = page.alert_line, session, marking
        self._alert: Alert | None = None
        session.model.alert.connect(self._on_alert)
        self._line.mark_wanted.connect(self._mark)
        self._line.quiet_wanted.connect(self._be_quiet)
        self._line.judged.connect(self._judge)
        self._line.switch_on(bool(settings.alerts.kinds))

    def choose(self, settings: Settings) -> None:
        """What she is told of from here on."""
        self._line.switch_on(bool(settings.alerts.kinds))
        self._session.steer_alerts(ChooseAlerts(settings.alerts))

    def _on_alert(self, alert: Alert) -> None:
        self._alert = alert
        raised = AlertRaised(alert.kind, alert.elapsed_s, alert.faces, alert.of, alert.usual)
        self._line.show_alert(alert_message(raised))

    def _mark(self) -> None:
        if self._line.alert is not None:
            self._marking.mark(told(self._line.alert).split(" (")[0])

    def _be_quiet(self) -> None:
        self._session.steer_alerts(QuietAlerts())
        self._line.clear()

    def _judge(self, useful: bool) -> None:
        if self._alert is not None:
            self._session.steer_alerts(AnswerAlert(self._alert.number, useful))
