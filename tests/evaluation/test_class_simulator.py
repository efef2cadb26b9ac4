import numpy as np
import pytest

from fer_desktop.core.expressions import HAPPY, N_EXPRESSIONS, NEUTRAL, SAD
from fer_desktop.evaluation.class_simulator.errors import Error, misreading, share_right
from fer_desktop.evaluation.class_simulator.lessons import Lessons, steps
from fer_desktop.evaluation.class_simulator.simulator import Change, ClassSimulator


@pytest.mark.parametrize(("error", "right"), [(Error.HOME, 0.72), (Error.HARD, 0.62)])
def test_the_errors_are_right_as_often_as_they_say(error: Error, right: float) -> None:
    read = misreading(error).read
    assert share_right(read) == pytest.approx(right, abs=0.005)
    assert read.sum(axis=1) == pytest.approx(1.0)
    assert misreading(error).said.sum(axis=1) == pytest.approx(1.0)


def test_the_hard_error_is_pulled_to_neutral() -> None:
    home, hard = misreading(Error.HOME).read, misreading(Error.HARD).read
    assert (hard[:, NEUTRAL] >= home[:, NEUTRAL]).all()
    assert hard[SAD, SAD] < home[SAD, SAD]


def test_the_same_seed_gives_the_same_class() -> None:
    one, other, third = (ClassSimulator(2, 9, misreading(Error.HOME), seed) for seed in (5, 5, 6))
    seconds = [(one.step(), other.step(), third.step()) for _ in range(20)][-1]
    assert np.array_equal(seconds[0].probabilities, seconds[1].probabilities)
    assert not np.array_equal(seconds[0].probabilities, seconds[2].probabilities)


def test_what_is_read_follows_the_measured_confusion() -> None:
    error = misreading(Error.HOME)
    simulator = ClassSimulator(40, 30, error, 1)
    counts = np.zeros((N_EXPRESSIONS, N_EXPRESSIONS))
    for second in (simulator.step() for _ in range(600)):
        assert second.probabilities.sum(axis=-1) == pytest.approx(1.0, abs=1e-4)
        np.add.at(counts, (second.shown, second.probabilities.argmax(axis=-1)), 1)
    found = counts / counts.sum(axis=1, keepdims=True)
    for shown in (HAPPY, SAD, NEUTRAL):
        assert found[shown] == pytest.approx(error.read[shown], abs=0.06)


def test_a_misreading_stays_for_minutes() -> None:
    """A neutral face that is read as smiling is so a minute later far oftener than others."""
    always = Change(0.0, 1e6, 30, NEUTRAL)
    simulator = ClassSimulator(60, 30, misreading(Error.HOME), 2, always)
    reads = np.stack([simulator.step().probabilities.argmax(axis=-1) for _ in range(361)])
    then, usual = reads[60] == HAPPY, float((reads[60:] == HAPPY).mean())
    assert (reads[120] == HAPPY)[then].mean() > 4 * usual
    assert (reads[360] == HAPPY)[then].mean() < (reads[120] == HAPPY)[then].mean()


def test_a_scripted_change_is_shown_by_so_many_and_ends() -> None:
    simulator = ClassSimulator(20, 23, misreading(Error.HOME), 3, Change(100, 200, 10, SAD))
    sad = [float((simulator.step().shown == SAD).sum(axis=1).mean()) for _ in range(260)]
    assert np.mean(sad[130:195]) - np.mean(sad[:95]) == pytest.approx(9.5, abs=1.0)
    assert np.mean(sad[205:]) < 3


def test_faces_turn_away_and_cameras_come_and_go() -> None:
    simulator = ClassSimulator(50, 23, misreading(Error.HOME), 4)
    seconds = [simulator.step() for _ in range(600)]
    turned = np.stack([second.turned for second in seconds])
    cameras = np.stack([second.camera_on for second in seconds])
    assert 0.02 < turned.mean() < 0.1
    assert 0.9 < cameras.mean() < 0.99
    assert (np.diff(cameras.astype(int), axis=0) != 0).any()
    assert all(not (second.read & ~second.camera_on).any() for second in seconds[:20])


def test_a_step_holds_what_was_read_in_five_seconds() -> None:
    plan = Lessons(3, 8, Error.HARD, 1, 20.0)
    played = list(steps(plan))
    assert [step.at_s for step in played] == [5, 10, 15, 20]
    assert played[-1].sums.sum(axis=-1) == pytest.approx(played[-1].seconds, abs=1e-3)
    assert (played[-1].cameras <= 8).all()
