"""What the teacher calls seats: bounded words, that go with whoever they are of, for one session."""

import pytest

from fer_desktop.core.seats.aliases import LONGEST_ALIAS, Aliases, clean_alias


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana  ", "Ana"),
        ("back\trow,\n left", "back row, left"),
        ("A\x00n\x1b[31ma\x7f", "An[31ma"),
        ("\u202eanA\u2069", "anA"),  # would turn the direction of what comes after
        ("half \ud83d", "half"),
        ("\ue000\ufffe", ""),
        ("क्\u200dष", "क्\u200dष"),
        ("\u200dx\u200d", "x"),
        ("", ""),
        ("w" * 500, "w" * LONGEST_ALIAS),
    ],
)
def test_an_alias_is_one_line_without_controls_and_not_too_long(typed: str, kept: str) -> None:
    assert clean_alias(typed) == kept


def test_a_seat_is_called_what_was_typed_last_and_nothing_after_an_empty_text() -> None:
    aliases = Aliases()
    aliases.name(3, "Ana")
    aliases.name(3, "Ana G.")
    aliases.name(4, "back row")
    assert (aliases.of(3), aliases.of(4), aliases.of(5)) == ("Ana G.", "back row", "")
    aliases.name(4, " ")
    assert aliases.names == ("Ana G.",)


def test_an_alias_goes_with_its_seat_through_any_number_of_merges() -> None:
    aliases = Aliases()
    aliases.name(30, "Ana")
    aliases.merge(30, 20)
    aliases.merge(20, 7)
    assert [aliases.of(seat) for seat in (30, 20, 7)] == ["Ana"] * 3
    aliases.name(30, "Ana G.")  # the row of the old number was still there as she typed
    assert aliases.of(7) == "Ana G."
    assert aliases.names == ("Ana G.",)
    aliases.merge(8, 8)
    assert aliases.of(8) == ""


def test_where_both_seats_have_an_alias_the_one_typed_last_stays() -> None:
    for first, last in ((7, 30), (30, 7)):
        aliases = Aliases()
        aliases.name(first, "old")
        aliases.name(last, "new")
        aliases.merge(30, 7)
        assert aliases.of(7) == "new"
        assert aliases.names == ("new",)


def test_all_of_them_are_forgotten_with_the_session() -> None:
    aliases = Aliases()
    aliases.name(30, "Ana")
    aliases.merge(30, 7)
    aliases.clear()
    assert aliases.names == ()
    aliases.name(30, "Ben")  # another session's 30 is nobody's 7
    assert (aliases.of(30), aliases.of(7)) == ("Ben", "")
