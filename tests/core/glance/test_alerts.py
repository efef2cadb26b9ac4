import numpy as np
from support.scripted_classes import Lesson, looks, second

from fer_desktop.core.glance.alerts.alert_detector import (
    AlertDetector,
    AlertKind,
    AlertRaised,
    AlertSettings,
    Preset,
    alert_message,
    alert_title,
)
from fer_desktop.core.glance.alerts.alert_rule import ALERT_KINDS, MOST_A_LESSON, NO_ALERT, AlertRule
from fer_desktop.core.types import State

CALM = looks(happy=4, neutral=15, sad=3, surprise=1)
SAD = CALM | dict.fromkeys(range(5, 15), "sad")
SMILING = CALM | dict.fromkeys(range(5, 15), "happy")
EVERY = AlertSettings(frozenset(AlertKind))


def begun(settings: AlertSettings = EVERY, calm_s: float = 420) -> Lesson:
    lesson = Lesson(detector=AlertDetector(settings))
    lesson.show(CALM, calm_s)
    return lesson


def test_a_class_in_which_nothing_happens_raises_none() -> None:
    assert begun(calm_s=1200).alerts == []


def test_ten_that_turn_sad_raise_one_that_says_how_many() -> None:
    lesson = begun()
    lesson.show(SAD, 120)
    (alert,) = lesson.alerts
    assert (alert.kind, alert.faces, alert.usual, alert.of) == (AlertKind.MORE_LOW, 13, 3, 23)
    assert 430 <= alert.at_s <= 500
    assert str(alert_message(alert)) == (
        "More faces than usual look sad, afraid or angry (about 13 of 23, usually 3). May be a misreading."
    )


def test_good_news_is_told_like_bad() -> None:
    lesson = begun()
    lesson.show(SMILING, 120)
    assert [alert.kind for alert in lesson.alerts] == [AlertKind.MORE_SMILE]


def test_a_class_that_stops_smiling_is_told() -> None:
    lesson = Lesson(detector=AlertDetector(EVERY))
    lesson.show(looks(happy=14, neutral=9), 420)
    lesson.show(looks(happy=2, neutral=21), 120)
    assert [alert.kind for alert in lesson.alerts] == [AlertKind.STOPPED_SMILING]


def test_what_was_not_chosen_is_not_told() -> None:
    lesson = begun(AlertSettings(frozenset({AlertKind.MORE_SMILE})))
    lesson.show(SAD, 120)
    assert lesson.alerts == []
    lesson.detector.choose(EVERY) if lesson.detector else None
    lesson.show(SMILING, 120)
    assert [alert.kind for alert in lesson.alerts] == [AlertKind.MORE_SMILE]


def test_none_in_the_first_five_minutes() -> None:
    lesson = begun(calm_s=150)
    lesson.show(SAD, 120)
    assert lesson.alerts == []


def test_a_class_of_nine_has_no_alert_of_expressions() -> None:
    lesson = Lesson(detector=AlertDetector(EVERY))
    lesson.show(looks(neutral=9), 420)
    lesson.show(looks(sad=9), 120)
    assert lesson.alerts == []


def test_a_gap_raises_none() -> None:
    lesson = begun()
    lesson.gap(State.COVERED, 200)
    lesson.show(CALM, 200)
    assert lesson.alerts == []


def test_a_class_whose_seats_were_all_merged_is_still_known() -> None:
    lesson = begun()
    lesson.show({seat + 100: look for seat, look in CALM.items()}, 10)
    for seat in CALM:
        lesson.tracker.merge(seat, seat + 100)
    lesson.show({seat + 100: look for seat, look in SAD.items()}, 60)
    assert [alert.kind for alert in lesson.alerts] == [AlertKind.MORE_LOW]


def test_many_that_turn_away_raise_one() -> None:
    lesson = Lesson(detector=AlertDetector(EVERY))
    lesson.show(CALM, 420, turned=1)
    lesson.show(looks(neutral=9), 60, turned=15)
    (alert,) = lesson.alerts
    assert (alert.kind, alert.of) == (AlertKind.TURNED_AWAY, 24)
    assert "are turned away" in str(alert_message(alert))


def test_many_that_leave_the_view_raise_one() -> None:
    detector, raised = AlertDetector(EVERY), []
    lesson = Lesson()
    for at in range(1, 500):
        lesson.show(CALM, 1)
        gone = 10 if at > 420 else 0
        alert = detector.update(second(at, 23 - gone, seats=23, faces=23 - gone), lesson.tracker.evidence)
        raised += [] if alert is None else [alert.kind]
    assert raised == [AlertKind.OUT_OF_VIEW]


def test_few_low_faces_as_usual_are_not_told_as_a_number() -> None:
    words = str(alert_message(AlertRaised(AlertKind.MORE_LOW, 400, 8, 22, 1.2)))
    assert "usually 0–2" in words
    assert all(str(alert_title(kind)) for kind in AlertKind)


def raised_at(rule: AlertRule, seconds: range) -> list[int]:
    """When it raises an alert of a kind that always holds."""
    passed = np.zeros((1, len(ALERT_KINDS)), np.float32)
    passed[0, ALERT_KINDS.index(AlertKind.MORE_LOW)] = 2
    comparable = np.ones((1, len(ALERT_KINDS)), np.bool_)
    return [at for at in seconds if rule.step(passed, comparable, float(at))[0] != NO_ALERT]


def test_one_in_the_quiet_time_and_three_in_a_lesson() -> None:
    assert raised_at(AlertRule(1, EVERY), range(5, 3600, 5)) == [305, 605, 905]
    assert MOST_A_LESSON == 3
    longer = AlertSettings(frozenset(AlertKind), Preset.CALM, quiet_s=600)
    assert raised_at(AlertRule(1, longer), range(5, 3600, 5)) == [305, 905, 1505]


def test_who_asks_for_quiet_has_it() -> None:
    rule = AlertRule(1, EVERY)
    rule.be_quiet(0, 280)
    assert raised_at(rule, range(285, 700, 5)) == [580]
