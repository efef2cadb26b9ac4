import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from support.clocks import STARTED
from support.screen.window_desk import known, shown, until
from support.stored import summary

from fer_desktop import __version__
from fer_desktop.app import paths
from fer_desktop.app.figure_settings import FIGURE_SETTINGS
from fer_desktop.app.services import AppServices
from fer_desktop.core.errors import ModelError, SourceError, StoreError
from fer_desktop.core.expressions import EXPRESSIONS
from fer_desktop.core.readings.summary import summarize
from fer_desktop.core.settings import Context, Jurisdiction, Settings, load_settings
from fer_desktop.core.sources import RecordingChoice
from fer_desktop.core.types import Frame
from fer_desktop.pipeline.events import Ended, EndReason, Started
from fer_desktop.sessions.store import reader
from fer_desktop.ui.bridge.services import Services


@pytest.fixture
def services(tmp_path: Path) -> AppServices:
    settings = Settings(
        sessions_folder=str(tmp_path / "sessions"),
        accepted_use=True,
        jurisdiction=Jurisdiction.OTHER,
        context=Context.OTHER,
    )
    return AppServices(settings, tmp_path / "config" / "settings.json")


def test_the_window_gets_all_it_asks_for(services: AppServices) -> None:
    window_needs: Services = services  # mypy holds one against the other
    asked = [name for name in vars(Services) if not name.startswith("_")]
    assert [name for name in asked if not hasattr(window_needs, name)] == []


def test_saved_settings_are_in_force_and_on_disk(services: AppServices, tmp_path: Path) -> None:
    changed = services.settings().changed(threads=3)
    services.use_settings(changed)
    services.save_settings(changed)
    assert services.settings() == changed
    assert load_settings(tmp_path / "config" / "settings.json") == changed


def test_each_session_has_a_file_of_its_own(services: AppServices, tmp_path: Path) -> None:
    sessions = [services.start_session() for _ in range(2)]
    paths_of = {session.path for session in sessions}
    for session in sessions:
        session.write(Started(STARTED, "call", live_class=False))
        session.write(summarize((), 0, 1.0))
        session.close()
    assert len(paths_of) == 2
    assert {path.parent for path in paths_of if path is not None} == {tmp_path / "sessions"}


def test_a_session_is_stored_with_what_its_figures_rest_on(services: AppServices, tmp_path: Path) -> None:
    store = services.open_store(tmp_path / "session.csv")
    assert store is not None
    store.write(Started(STARTED, "call", live_class=True))
    store.close()
    assert store.path == paths.store_file()
    (found,) = reader.sessions(store.path)
    assert (found.program, found.csv_file) == (__version__, tmp_path / "session.csv")
    assert found.model_sha256 == services.model_card().sha256
    assert found.settings == {name: getattr(Settings(), name) for name in FIGURE_SETTINGS}


def test_a_file_that_was_asked_for_by_name_does_not_go_with_its_session(tmp_path: Path) -> None:
    file, store_file = tmp_path / "session.csv", tmp_path / "store" / "sessions.db"
    store = AppServices(Settings(), tmp_path / "s.json", session_file=file, store_file=store_file).open_store(file)
    assert store is not None
    store.write(Started(STARTED, "call", live_class=False))
    store.close()
    assert reader.sessions(store_file)[0].csv_file is None


def test_without_a_csv_file_a_session_is_in_the_store_alone(services: AppServices, tmp_path: Path) -> None:
    services.use_settings(services.settings().changed(write_csv=False))
    kept = services.start_session()
    assert kept.path == paths.store_file()
    assert services.open_store(paths.store_file()) is None
    for event in (Started(STARTED, "call", live_class=False), summary(1.0), Ended(1.0, EndReason.STOPPED)):
        kept.write(event)
    kept.close()
    kept.verify()
    assert [session.csv_file for session in reader.sessions(paths.store_file())] == [None]
    assert not (tmp_path / "sessions").exists()


def test_a_session_whose_store_cannot_be_opened_has_a_csv_file_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "sessions.db").mkdir()
    settings = Settings(sessions_folder=str(tmp_path / "sessions"), write_csv=False)
    services = AppServices(settings, tmp_path / "settings.json", store_file=tmp_path / "sessions.db")
    kept = services.start_session()
    assert kept.path is not None
    assert kept.path.parent == tmp_path / "sessions"
    assert services.open_store(kept.path) is not None
    kept.close()


def test_what_was_asked_for_by_name_is_written_whatever_the_settings_say(tmp_path: Path) -> None:
    services = AppServices(Settings(write_csv=False), tmp_path / "s.json", session_file=tmp_path / "session.csv")
    kept = services.start_session()
    kept.close()
    assert kept.path == tmp_path / "session.csv"


def test_where_another_window_records_nothing_is_kept(tmp_path: Path) -> None:
    services = AppServices(Settings(), tmp_path / "s.json", records=False)
    kept = services.start_session()
    for event in (Started(STARTED, "call", live_class=False), summary(1.0), Ended(1.0, EndReason.STOPPED)):
        kept.write(event)
    kept.close()
    kept.verify()
    assert (kept.path, kept.notice) == (None, None)
    assert not paths.store_file().exists()
    assert not paths.sessions_folder(Settings()).exists()


def test_a_sessions_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    services = AppServices(Settings(sessions_folder=str(tmp_path / "file" / "x")), tmp_path / "settings.json")
    with pytest.raises(StoreError, match="choose another folder"):
        services.start_session()


def test_a_source_that_is_not_there_is_told_when_it_is_opened(services: AppServices) -> None:
    source = services.source(RecordingChoice("lesson", Path("gone.mp4")))
    with pytest.raises(SourceError, match="not found"):
        source.open()


def test_windows_of_other_programs_are_listed_and_shown(services: AppServices, desk: str) -> None:
    with shown(desk, "Zoom Meeting", (200, 150, 320, 240)):
        until(lambda: [choice.name for choice in services.windows()] == ["Zoom Meeting"], "it is not listed")
        window = services.windows()[0]
        until(lambda: np.array_equal(services.window_picture(window)[0], known(320, 240)), "it is not shown")
    until(lambda: not services.windows(), "it is listed though it is closed")
    with pytest.raises(SourceError, match="The window was closed"):
        services.window_picture(window)


def demo_frame(services: AppServices) -> Frame:
    source = services.source(services.demo())
    source.open()
    try:
        frame = source.read()
    finally:
        source.close()
    assert frame is not None
    return frame


def test_the_demo_class_plays(services: AppServices) -> None:
    assert demo_frame(services).image.shape == (1080, 1920, 3)


def test_the_shipped_network_reads_a_frame_and_has_a_card(services: AppServices) -> None:
    assert len(services.analyzer().analyze(demo_frame(services)).readings) >= 15
    card = services.model_card()
    assert (card.shipped, card.head, card.sha256) == (True, "crowd", card.content.sha256)
    assert card.content.figures["private_test"].n == 3589


def test_a_network_of_ones_own_is_described_and_checked(services: AppServices, tmp_path: Path) -> None:
    shipped = paths.models() / "expression.tflite"
    own = tmp_path / "own.tflite"
    own.write_bytes(shipped.read_bytes())
    assert not services.has_sidecar(own)
    with pytest.raises(ModelError, match="sidecar"):
        services.check_model(own)
    own.with_suffix(".json").write_text(shipped.with_suffix(".json").read_text(encoding="utf-8"), encoding="utf-8")
    assert services.has_sidecar(own)
    services.check_model(own)


def test_what_the_user_says_of_a_network_is_kept_beside_it(services: AppServices, tmp_path: Path) -> None:
    own = tmp_path / "own.tflite"
    own.write_text("no network", encoding="utf-8")
    services.write_sidecar(own, sorted(EXPRESSIONS), 3, (0.0, 1.0))
    assert json.loads(own.with_suffix(".json").read_text(encoding="utf-8"))["classes"] == sorted(EXPRESSIONS)
    with pytest.raises(ModelError):
        services.check_model(own)


def test_the_card_of_a_network_of_ones_own_holds_what_its_sidecar_says(tmp_path: Path) -> None:
    own = tmp_path / "own.tflite"
    own.write_bytes(b"a network")
    services = AppServices(Settings(model_file=str(own)), tmp_path / "settings.json")
    with pytest.raises(ModelError, match="sidecar"):
        services.model_card()
    services.write_sidecar(own, EXPRESSIONS, 1, (0.0, 255.0))
    card = services.model_card()
    assert (card.file, card.shipped, card.head) == (own, False, "")
    assert card.content.classes == list(EXPRESSIONS)
    assert card.sha256 == hashlib.sha256(b"a network").hexdigest()


def test_the_output_that_the_settings_choose_is_the_one_that_the_card_is_read_for(tmp_path: Path) -> None:
    assert AppServices(Settings(output="fer2013"), tmp_path / "settings.json").model_card().head == "fer2013"
