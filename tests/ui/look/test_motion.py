from collections.abc import Iterator
from pathlib import Path

import pytest

from fer_desktop.ui.look.motion import reduced_motion, stand_still, system_reduces_motion, want_less_motion


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    system_reduces_motion.cache_clear()
    yield
    system_reduces_motion.cache_clear()
    want_less_motion(False)


@pytest.mark.parametrize(("desktop", "answer", "reduced"), [("GNOME", "false", True), ("GNOME", "true", False)])
def test_the_desktops_wish_for_less_motion_is_heard(
    desktop: str, answer: str, reduced: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "gsettings"
    told.write_text(f"#!/bin/sh\necho {answer}\n")
    told.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    assert reduced_motion() is reduced


def test_a_desktop_that_cannot_be_asked_gets_motion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    assert reduced_motion() is False


def test_the_users_own_wish_for_less_motion_holds_whatever_the_desktop_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    want_less_motion(True)
    assert reduced_motion() is True
    want_less_motion(False)
    assert reduced_motion() is False


def test_pictures_stand_still_whatever_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    stand_still()
    assert reduced_motion() is True
    stand_still(False)
    assert reduced_motion() is False
