"""Alerts of the running session in the window: the line that says one, and what the teacher makes of it."""

import math

from PySide6.QtCore import QObject

from fer_desktop.core.glance.alerts.alert_choices import Telling
from fer_desktop.core.glance.alerts.alert_detector import AlertRaised, alert_message
from fer_desktop.core.glance.sentence import clock_time
from fer_desktop.core.settings import Settings
from fer_desktop.pipeline.events import Alert
from fer_desktop.pipeline.session_engine.channel.commands import AnswerAlert, ChooseAlerts, QuietAlerts
from fer_desktop.ui.bridge.live_session import LiveSession
from fer_desktop.ui.look.words import told
from fer_desktop.ui.session.marking import Marking
from fer_desktop.ui.session.page import SessionPage
from fer_desktop.ui.toolkit.quiet_sound import play_quiet_sound


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
        self._sounded_s = -math.inf  # session time of the last sound
        self._take(settings)

    def choose(self, settings: Settings) -> None:
        """What she is told of from here on."""
        self._take(settings)
        self._session.steer_alerts(ChooseAlerts(settings.alerts))

    def _take(self, settings: Settings) -> None:
        self._line.switch_on(bool(settings.alerts.kinds))
        self._sounds, self._quiet_s = settings.alert_telling is Telling.SOUND, settings.alerts.quiet_s

    def _on_alert(self, alert: Alert) -> None:
        self._alert = alert
        since_s = alert.elapsed_s - self._sounded_s
        if self._sounds and not 0 <= since_s < self._quiet_s:  # of another lesson it is below zero
            self._sounded_s = alert.elapsed_s
            play_quiet_sound()
        raised = AlertRaised(alert.kind, alert.elapsed_s, alert.faces, alert.of, alert.usual)
        self._line.show_alert(alert_message(raised), clock_time(alert.elapsed_s))

    def _mark(self) -> None:
        """The moment of the alert, however long after she looks."""
        if self._line.alert is None or self._alert is None:
            return
        if self._marking.mark(told(self._line.alert).split(" (")[0], self._alert.elapsed_s):
            self._line.answers.show_marked()

    def _be_quiet(self) -> None:
        self._session.steer_alerts(QuietAlerts())
        self._line.clear()

    def _judge(self, useful: bool) -> None:
        if self._alert is not None:
            self._session.steer_alerts(AnswerAlert(self._alert.number, useful))
