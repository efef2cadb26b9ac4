"""The window that a user opens; where one is open already, it is asked which is wanted."""

from pathlib import Path

from fer_desktop.app import paths
from fer_desktop.app.one_window import OneWindow
from fer_desktop.app.services import AppServices
from fer_desktop.core.settings import Settings


def run_user_window(settings: Settings, settings_file: Path, demo: bool = False, demo_s: float | None = None) -> int:
    """The exit code after the window was closed. `demo`: it begins with the demo class, played in `demo_s`."""
    from fer_desktop.ui.application import make_application, run_app
    from fer_desktop.ui.second_window import Answer, SecondWindow

    one = OneWindow(paths.store_file())
    records = one.acquire()
    services = AppServices(settings, settings_file, demo_s=demo_s, records=records, take_over=one.acquire)
    if not records:
        app = make_application(services, paths.translations(), paths.icon())
        question = SecondWindow(one.ask_to_show, one.was_shown)
        question.exec()
        if question.answer is not Answer.GO_ON:
            app.quit()
            return 0
    try:
        return run_app(
            services,
            services.demo() if demo else None,
            log_file=paths.log_file(),
            icon=paths.icon(),
            translations=paths.translations(),
            # A second window may be the one that records by then.
            asked_to_show=lambda: services.records and one.asked_to_show(),
        )
    finally:
        one.release()
