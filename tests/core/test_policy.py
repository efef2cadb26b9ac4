"""What may be opened where: every answer, everything that can be opened."""

from itertools import product
from pathlib import Path

import pytest

from fer_desktop.core.policy import REFUSED, UNANSWERED, Opening, opening_of, verdict
from fer_desktop.core.settings import Context, Jurisdiction, Settings
from fer_desktop.core.sources import (
    CameraChoice,
    DemoChoice,
    PicturesChoice,
    RecordingChoice,
    Region,
    RegionChoice,
    Shows,
    SourceChoice,
    SourceKind,
    StreamChoice,
    WindowChoice,
)

OF_OTHERS = (Opening.LIVE_CLASS, Opening.RECORDING, Opening.RESEARCH_RECORDING)
OF_ONESELF = (Opening.OWN_CAMERA, Opening.OWN_RECORDING)
FORBIDDEN = [(Jurisdiction.EU, Context.EDUCATION), (Jurisdiction.EU, Context.WORK)]
ANSWERED = list(product((Jurisdiction.EU, Jurisdiction.OTHER), (Context.EDUCATION, Context.WORK, Context.OTHER)))


def answers(jurisdiction: Jurisdiction, context: Context, accepted: bool = True) -> Settings:
    return Settings(accepted_use=accepted, jurisdiction=jurisdiction, context=context)


@pytest.mark.parametrize("given", ANSWERED)
def test_others_are_refused_in_teaching_and_at_work_in_the_eu_live_and_recorded_with_consent_or_without(
    given: tuple[Jurisdiction, Context],
) -> None:
    for opening in OF_OTHERS:
        for attended in (True, False):
            assert verdict(answers(*given), opening, attended).refusal == (REFUSED if given in FORBIDDEN else None)


@pytest.mark.parametrize("given", ANSWERED)
def test_the_demo_oneself_and_recordings_of_oneself_stay_everywhere(given: tuple[Jurisdiction, Context]) -> None:
    for opening in (Opening.DEMO, *OF_ONESELF):
        found = verdict(answers(*given), opening)
        assert found.allowed
        assert found.words_on_faces


def test_words_on_faces_of_others_are_for_research_outside_the_eu_alone() -> None:
    named = [
        (given, opening)
        for given in ANSWERED
        for opening in OF_OTHERS
        if verdict(answers(*given), opening).words_on_faces
    ]
    assert named == [(given, Opening.RESEARCH_RECORDING) for given in ANSWERED if given[0] is Jurisdiction.OTHER]


@pytest.mark.parametrize("opening", Opening)
@pytest.mark.parametrize(
    "given",
    [
        Settings(),
        answers(Jurisdiction.OTHER, Context.EDUCATION, accepted=False),
        answers(Jurisdiction.EU, Context.EDUCATION, accepted=False),
        answers(Jurisdiction.OTHER, Context.UNANSWERED),
        answers(Jurisdiction.UNANSWERED, Context.OTHER),
    ],
)
def test_before_the_answers_are_accepted_somebody_is_asked_of_all_but_the_demo(
    opening: Opening, given: Settings
) -> None:
    found = verdict(given, opening)
    assert found.asks == (opening is not Opening.DEMO)
    assert found.refusal == (None if opening is Opening.DEMO else UNANSWERED)


def test_a_command_reads_recordings_as_long_as_no_place_was_named_and_never_where_the_eu_was() -> None:
    assert verdict(Settings(), Opening.RECORDING, attended=False).allowed
    assert not verdict(Settings(), Opening.LIVE_CLASS, attended=False).allowed
    assert not verdict(Settings(), Opening.OWN_CAMERA, attended=False).allowed
    for context in (Context.EDUCATION, Context.WORK):
        named = answers(Jurisdiction.EU, context, accepted=False)
        assert verdict(named, Opening.RECORDING, attended=False).refusal == REFUSED
        assert verdict(named, Opening.OWN_RECORDING, attended=False).allowed
    half = answers(Jurisdiction.EU, Context.UNANSWERED, accepted=False)
    assert verdict(half, Opening.RECORDING, attended=False).asks


@pytest.mark.parametrize(
    ("choice", "opening"),
    [
        (CameraChoice("Camera", 0), Opening.OWN_CAMERA),
        (RegionChoice("Part", Region(0, 0, 9, 9)), Opening.LIVE_CLASS),
        (WindowChoice("Zoom", 7, "zoom"), Opening.LIVE_CLASS),
        (StreamChoice("host", "rtsp://host"), Opening.LIVE_CLASS),
        (DemoChoice("Demo class"), Opening.DEMO),
        (RecordingChoice("a.mp4", Path("a.mp4")), Opening.RECORDING),
        (PicturesChoice("faces", Path("faces")), Opening.RECORDING),
        (RecordingChoice("a.mp4", Path("a.mp4"), Shows.MYSELF), Opening.OWN_RECORDING),
        (PicturesChoice("faces", Path("faces"), Shows.MYSELF), Opening.OWN_RECORDING),
        (RecordingChoice("a.mp4", Path("a.mp4"), Shows.CONSENTED), Opening.RESEARCH_RECORDING),
    ],
)
def test_each_source_is_what_it_is_to_the_law(choice: SourceChoice, opening: Opening) -> None:
    assert opening_of(choice) is opening
    if opening is not Opening.OWN_RECORDING and opening is not Opening.RESEARCH_RECORDING:
        assert opening_of(choice.kind) is opening


def test_every_kind_of_source_is_known_to_it() -> None:
    assert {opening_of(kind) for kind in SourceKind} == {
        *(Opening.LIVE_CLASS, Opening.OWN_CAMERA, Opening.DEMO, Opening.RECORDING)
    }
