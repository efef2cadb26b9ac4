"""Which windows there are on a real virtual screen, and what is known of each."""

from contextlib import closing

import pytest
from support.screen.open_windows import (
    all_handles,
    bare_window,
    choice_of,
    client_of,
    offered_handles,
    read_until,
    windows_now,
)
from support.screen.virtual_screen import virtual_screen
from support.screen.window_desk import ShownWindow, shown, until

from fer_desktop.capture.desktop.window import WindowSource, list_windows
from fer_desktop.capture.desktop.windows import all_windows, open_desktop
from fer_desktop.core.errors import SourceError


def test_windows_are_listed_front_to_back(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Notes", (700, 400, 500, 400), "white") as notes:
        until(lambda: offered_handles() == [notes.handle, call.handle], "not in that order")
        call.bring_up()
        until(lambda: offered_handles() == [call.handle, notes.handle], "not in the new order")
        assert [choice.name for choice in list_windows()] == ["Zoom Meeting", "Notes"]


def test_tiny_nameless_and_minimised_windows_are_not_offered(desk: str, call: ShownWindow) -> None:
    with shown(desk, "Clock", (900, 100, 110, 300)), shown(desk, " ", (900, 500, 400, 300)) as nameless:
        until(lambda: nameless.handle in all_handles(), "the window is not there")
        assert offered_handles() == [call.handle]
        call.minimise()
        until(lambda: offered_handles() == [], "it is offered though it is minimised")


def test_the_shadow_that_a_program_draws_into_its_window_is_no_part_of_it(desk: str) -> None:
    with bare_window(desk, (400, 300), "_GTK_FRAME_EXTENTS", "CARDINAL", [26, 27, 23, 29]) as handle:
        until(lambda: handle in offered_handles(), "the window is not offered")
        client = client_of(handle)
        assert (client.width, client.height) == (300 - 26 - 27, 300 - 23 - 29)


def test_a_window_of_another_desktop_that_the_window_manager_keeps_on_the_screen_is_not_read(desk: str) -> None:
    from Xlib import Xatom
    from Xlib.display import Display

    with bare_window(desk, (400, 300), "WM_NAME", "STRING", b"Next door") as handle:
        until(lambda: handle in offered_handles(), "the window is not offered")
        with closing(Display(desk)) as server:
            # As Mutter does it: still mapped, and only this tells. Openbox does not read it again.
            window = server.create_resource_object("window", handle)
            window.change_property(server.get_atom("_NET_WM_DESKTOP"), Xatom.CARDINAL, 32, [1])
            server.sync()
        assert handle in all_handles()
        assert handle not in offered_handles()


@pytest.mark.parametrize(
    ("name", "kind", "content", "title"),
    [
        ("WM_NAME", "STRING", "Klasse 7b - Überblick".encode("latin-1"), "Klasse 7b - Überblick"),
        ("WM_NAME", "COMPOUND_TEXT", "数学".encode("iso2022_jp"), "数学"),
        ("_NET_WM_NAME", "UTF8_STRING", "Klasse 7b – Überblick".encode(), "Klasse 7b – Überblick"),
        ("_NET_WM_NAME", "UTF8_STRING", b"caf\xe9", "café"),
        ("WM_CLASS", "STRING", "Müller\0Müller\0".encode("latin-1"), ""),
        ("_NET_WM_NAME", "CARDINAL", [7, 8], "A window"),
        ("_NET_WM_PID", "CARDINAL", [], "A window"),
        ("_NET_FRAME_EXTENTS", "UTF8_STRING", b"wide", ""),
    ],
)
def test_a_window_with_odd_properties_is_listed_and_disturbs_no_other(
    desk: str, call: ShownWindow, name: str, kind: str, content: bytes | list[int | str], title: str
) -> None:
    with bare_window(desk, (1000, 300), name, kind, content) as handle:
        until(lambda: handle in all_handles(), "the window is not listed")
        assert {info.handle: info.title for _, info in windows_now()} == {handle: title, call.handle: "Zoom Meeting"}
        until(lambda: all_handles()[0] == handle, "it is not in front")
        with closing(WindowSource(choice_of(call), rate_hz=50)) as source:
            source.open()
            read_until(source, 640, 480)


def test_a_program_is_named_as_its_class_says_in_whatever_letters(desk: str) -> None:
    with bare_window(desk, (400, 300), "WM_CLASS", "STRING", "zoom\0Müller\0".encode("latin-1")) as handle:
        until(lambda: handle in all_handles(), "the window is not listed")
        assert next(info.program for _, info in windows_now() if info.handle == handle) == "Müller"


def test_windows_of_two_screens_are_told_apart_in_one_process(
    call: ShownWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with virtual_screen((800, 600)) as other_screen, closing(open_desktop()) as first:
        monkeypatch.setenv("DISPLAY", other_screen)
        assert all_handles() == []
        assert [info.handle for _, info in all_windows(first)] == [call.handle]


def test_a_screen_that_ends_is_told_and_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with virtual_screen((800, 600)) as screen:
        monkeypatch.setenv("DISPLAY", screen)
        desktop = open_desktop()
        assert all_windows(desktop) == []
    with pytest.raises(SourceError, match=r"^The screen cannot be captured"):
        all_windows(desktop)
    assert desktop.info(5) is None
    desktop.close()
    desktop.close()
