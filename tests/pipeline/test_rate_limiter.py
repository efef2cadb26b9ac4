import pytest

from fer_desktop.pipeline.frame.rate_limiter import LONGEST_PAUSE_S, RateLimiter


def settled(rate: RateLimiter, cost_s: float, rest: float) -> float:
    """The interval after many updates of that cost beside a rest that takes `rest` of one core."""
    for _ in range(60):
        took_s = cost_s / 2  # both cores
        pause_s = max(0.0, rate.interval_s - took_s)
        rate.update(cost_s + rest * took_s, took_s, rest * pause_s, pause_s)
    return rate.interval_s


@pytest.mark.parametrize(("cost_s", "rest"), [(0.1, 0.0), (0.3, 0.1), (0.25, 0.5), (0.6, 0.2)])
@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_the_program_takes_no_more_than_its_share(cost_s: float, rest: float, share: float) -> None:
    rate = RateLimiter(max_hz=5.0, share=share, cores=2)
    interval_s = settled(rate, cost_s, rest)
    taken = cost_s / interval_s + rest
    assert taken <= 2 * share + 1e-3 or interval_s == LONGEST_PAUSE_S


def test_where_there_is_room_the_setting_decides() -> None:
    rate = RateLimiter(max_hz=5.0, share=0.5, cores=2)
    assert settled(rate, 0.05, 0.1) == pytest.approx(0.2)
    assert not rate.throttled


def test_a_heavy_frame_is_read_less_often_and_that_is_told() -> None:
    rate = RateLimiter(max_hz=5.0, share=0.5, cores=2)
    assert settled(rate, 0.4, 0.2) == pytest.approx(0.5, rel=0.01)
    assert rate.throttled


def test_it_recovers_when_frames_become_light_again() -> None:
    rate = RateLimiter(max_hz=5.0, share=0.5, cores=2)
    settled(rate, 0.8, 0.2)
    assert settled(rate, 0.05, 0.1) == pytest.approx(0.2, rel=0.01)


def test_where_nothing_is_left_a_frame_is_read_every_other_second() -> None:
    assert settled(RateLimiter(max_hz=5.0, share=0.1, cores=2), 0.1, 0.4) == LONGEST_PAUSE_S


def test_a_busy_start_is_forgotten_within_seconds() -> None:
    rate = RateLimiter(max_hz=5.0, share=0.5, cores=2)
    rate.update(0.2, 0.1, rest_s=0.36, pause_s=0.2)  # the window draws itself for the first time
    assert rate.interval_s == LONGEST_PAUSE_S
    for _ in range(3):
        rate.update(0.2, 0.1, rest_s=0.2 * 1.9, pause_s=1.9)
    assert rate.interval_s < 0.5
