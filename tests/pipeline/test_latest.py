import threading

from fer_desktop.pipeline.latest import Latest


def test_only_the_newest_value_is_kept() -> None:
    slot: Latest[int] = Latest()
    for value in (1, 2, 3):
        slot.put(value)
    assert slot.take() == 3
    assert slot.take() is None


def test_a_waiting_reader_wakes_when_something_comes() -> None:
    slot: Latest[str] = Latest()
    got: list[str | None] = []
    reader = threading.Thread(target=lambda: got.append(slot.take(30.0)))
    reader.start()
    slot.put("frame")
    reader.join(30.0)
    assert got == ["frame"]


def test_falsy_values_are_values() -> None:
    slot: Latest[int] = Latest()
    slot.put(0)
    assert slot.take() == 0


def test_a_value_waits_until_it_is_taken() -> None:
    slot: Latest[int] = Latest()
    assert not slot.waiting
    slot.put(0)
    assert slot.waiting
    slot.take()
    assert not slot.waiting
