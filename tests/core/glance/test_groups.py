import numpy as np
import pytest
from support.scripted_classes import row

from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.glance.groups import GROUPS, group_of, group_shares, groups_of
from fer_desktop.core.glance.types import Group


@pytest.mark.parametrize(
    ("expression", "group"),
    [
        ("happy", Group.SMILING),
        ("surprise", Group.SURPRISED),
        ("neutral", Group.NEUTRAL),
        *((name, Group.LOW) for name in ("sad", "fear", "angry", "disgust")),
    ],
)
def test_a_face_belongs_to_the_group_of_what_it_shows(expression: str, group: Group) -> None:
    assert group_of(row(expression)) is group


def test_what_is_divided_among_sad_afraid_and_angry_is_low_all_the_same() -> None:
    probabilities = np.array([0.2, 0.0, 0.2, 0.05, 0.2, 0.05, 0.3], np.float32)
    assert EXPRESSIONS[int(probabilities.argmax())] == "neutral"
    assert group_of(probabilities) is Group.LOW


def test_where_nothing_is_probable_enough_the_face_is_unsure() -> None:
    assert group_of(np.array([0.1, 0.0, 0.1, 0.35, 0.1, 0.05, 0.3], np.float32)) is Group.UNSURE


def test_many_faces_are_told_at_once() -> None:
    rows = np.stack([[row("happy"), row("sad")], [row("neutral"), np.full(7, np.nan, np.float32)]])
    shares = group_shares(rows)
    assert shares.shape == (2, 2, 4)
    assert shares[0].sum(axis=1) == pytest.approx(1.0)
    assert [GROUPS[index] for index in groups_of(shares).ravel()] == [
        Group.SMILING,
        Group.LOW,
        Group.NEUTRAL,
        Group.UNSURE,
    ]
