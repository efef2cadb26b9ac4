import math

import pytest

from fer_desktop.evaluation.alert_study import RULES, SCENARIOS, Outcome, figures, jobs, play, poisson_upper


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [play(job) for job in jobs(0.5, 12, 23, 7) if job.scenario is None or job.scenario.name.startswith("smile")]


def test_what_is_found_is_counted_by_rule_and_error(outcomes: list[Outcome]) -> None:
    told = figures(outcomes)
    assert list(told) == list(RULES)
    for by_error in told.values():
        for row in by_error.values():
            assert set(row) >= {"false_per_hour", "sentences_per_10_h", "found", "delay_s"}
            found = row["found"]
            assert isinstance(found, dict)
            assert list(found) == [scenario.name for scenario in SCENARIOS]
            assert found["sad_8"] is None  # was not played
            assert found["smile_8"] >= found["smile_5"]
    found = told["sensitive"]["home"]["found"]
    assert isinstance(found, dict)
    assert found["smile_8"] > 0.6


def test_the_calm_preset_is_never_falser_than_the_sensitive_one(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert outcome.alerts["calm"] <= outcome.alerts["sensitive"]


def test_of_other_sizes_the_same_share_changes() -> None:
    planned = jobs(1, 1, 49, 1)
    people = {job.scenario.name: job.lessons.change.people for job in planned if job.scenario and job.lessons.change}
    assert people == {"sad_5": 11, "sad_8": 17, "sad_10": 21, "smile_5": 11, "smile_8": 17}


def test_the_same_job_is_played_the_same(outcomes: list[Outcome]) -> None:
    assert play(outcomes[1].job) == outcomes[1]


def test_jobs_have_seeds_of_their_own_and_hold_all_hours() -> None:
    planned = list(jobs(60, 30, 23, 1))
    assert sum(job.lessons.lessons for job in planned if job.scenario is None) == 120
    assert len({job.lessons.seed for job in planned}) == len(planned)


@pytest.mark.parametrize(("count", "upper"), [(0, 2.996), (3, 7.754), (10, 16.962), (120, 139.7)])
def test_the_upper_bound_is_that_of_tables(count: int, upper: float) -> None:
    assert poisson_upper(count) == pytest.approx(upper, abs=0.1)
    assert math.isfinite(poisson_upper(1000))
