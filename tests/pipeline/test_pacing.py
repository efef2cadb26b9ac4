import threading
import time

from fer_desktop.pipeline.pacing import Pacer


def test_the_first_step_is_taken_at_once_and_the_next_not_before_its_time() -> None:
    pacer = Pacer()
    assert pacer.step(3600)
    started_s = time.monotonic()
    assert pacer.step(0.05)
    assert pacer.step(0.05)
    assert time.monotonic() - started_s >= 0.09


def test_cancelling_wakes_a_step_that_waits() -> None:
    pacer = Pacer()
    assert pacer.step(0)
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(pacer.step(3600)))
    waiting.start()
    pacer.cancel()
    waiting.join(10)
    assert answers == [False]
    assert pacer.cancelled


def test_cancelled_is_final() -> None:
    pacer = Pacer()
    pacer.cancel()
    assert not pacer.step(0)
