"""What the teacher wants of alerts and of the comparison, carried out on the record of her session."""

from fer_desktop.pipeline.session_engine.channel.commands import (
    AlertCommand,
    AnswerAlert,
    ChooseAlerts,
    CompareWithMarker,
    QuietAlerts,
)
from fer_desktop.pipeline.session_engine.recording.recorder import Recorder


def follow(command: AlertCommand, recorder: Recorder, now_s: float) -> None:
    """Carries it out at that time of the frames' clock."""
    at_s = recorder.since_start_s(now_s)
    match command:
        case ChooseAlerts(settings):
            recorder.glances.choose_alerts(settings)
        case QuietAlerts():
            recorder.glances.be_quiet(at_s)
        case AnswerAlert(number, useful):
            recorder.answer_alert(number, useful)
        case CompareWithMarker(text):
            recorder.glances.compare_with(at_s, text)
