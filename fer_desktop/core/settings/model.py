"""All settings, each with its bounds and its description."""

from typing import Annotated, Final, Self

from pydantic import Field

from fer_desktop.core.glance.alerts.alert_choices import AlertKind, AlertSettings, Preset, Telling
from fer_desktop.core.settings.checked_model import CheckedModel
from fer_desktop.core.settings.choices import Context, Jurisdiction, Language, Retention, TextSize, Theme
from fer_desktop.core.settings.description import (
    Choice,
    File,
    Folder,
    NetworkFile,
    Number,
    Percent,
    SettingInfo,
    Suggestions,
    Switch,
)
from fer_desktop.core.settings.sections import (
    ALERTS,
    FACES,
    LESSONS,
    PROGRAM,
    RECOGNITION,
    RESPONSIBLE_USE,
    SHOWN,
    SPEED,
)

_BUILT_IN: Final = "The built-in one"


class Settings(CheckedModel):
    """All settings. One with a value out of bounds cannot be made: SettingsError says so in one sentence."""

    detector_file: Annotated[
        str,
        SettingInfo(
            "Face detector",
            "YuNet's .onnx file, if you have one of your own",
            RECOGNITION,
            File("YuNet", ".onnx", _BUILT_IN),
        ),
    ] = ""
    model_file: Annotated[
        str,
        SettingInfo(
            "Network",
            "Your own network, a .tflite or .keras file with its sidecar .json",
            RECOGNITION,
            NetworkFile(_BUILT_IN),
        ),
    ] = ""
    output: Annotated[
        str,
        SettingInfo(
            "Network taught by",
            "Which output of the network is read",
            RECOGNITION,
            Suggestions({"": "As the network has it", "crowd": "Ten people's votes", "fer2013": "The original labels"}),
        ),
    ] = ""
    min_score: Annotated[
        float,
        Field(ge=0.2, le=0.95),
        SettingInfo(
            "Sure of a face from", "Detector score from which a face is readable", FACES, Number(step=0.05, digits=2)
        ),
    ] = 0.5
    min_height_px: Annotated[
        float,
        Field(ge=10.0, le=200.0),
        SettingInfo(
            "Smallest face that is read", "Height in the frame from which a face is readable", FACES, Number(), "px"
        ),
    ] = 16.0
    smoothing_s: Annotated[
        float,
        Field(ge=0.0, le=10.0),
        SettingInfo(
            "Smoothed over", "Time constant of the smoothing; 0 is none", FACES, Number(step=0.5, digits=1), "s"
        ),
    ] = 1.0
    baseline: Annotated[
        bool,
        SettingInfo(
            "Usual look",
            "Each face is compared with how it usually looks",
            SHOWN,
            Switch(
                "Compare each face with how it usually looks",
                "Some faces look sad at rest. From five faces on, half of what is usual for each is left out after its "
                "first minute. It is kept in memory only.",
            ),
        ),
    ] = False
    max_updates_hz: Annotated[
        float,
        Field(ge=0.5, le=15.0),
        SettingInfo(
            "Updates a second, at most",
            "How many frames a second are analyzed at most",
            SPEED,
            Number(step=0.5, digits=1, shows_unit=False),
            "Hz",
        ),
    ] = 5.0
    cpu_share: Annotated[
        float,
        Field(ge=0.1, le=1.0),
        SettingInfo(
            "Processor share, at most", "Share of all processor cores that the program may take", SPEED, Percent()
        ),
    ] = 0.5
    threads: Annotated[
        int,
        Field(ge=1, le=16),
        SettingInfo("Processor cores used", "Processor threads of the network", SPEED, Number()),
    ] = 2
    sessions_folder: Annotated[
        str,
        SettingInfo(
            "CSV files are saved in",
            "Where the CSV files of sessions are saved",
            LESSONS,
            Folder("FER Desktop, in your documents"),
        ),
    ] = ""
    export_folder: Annotated[
        str,
        SettingInfo(
            "Copies are saved in",
            "The folder that reports and other copies of lessons were saved in last",
            LESSONS,
            Folder("Where CSV files are saved"),
        ),
    ] = ""
    write_csv: Annotated[
        bool,
        SettingInfo(
            "CSV file",
            "Whether a CSV file is written while a session runs",
            LESSONS,
            Switch(
                "Write a CSV file while a session runs",
                "If off, a lesson is kept in this program only; you can save it as CSV later.",
            ),
        ),
    ] = True
    keep_sessions: Annotated[
        Retention,
        Field(strict=False),
        SettingInfo(
            "Lessons are kept",
            "How long a session is kept; then it is erased for good, with its CSV file",
            LESSONS,
            Choice(
                {
                    Retention.LESSON: "Until the next lesson or start",
                    Retention.WEEK: "For 7 days",
                    Retention.MONTH: "For 30 days",
                    Retention.HALF_YEAR: "For 180 days",
                    Retention.FOR_EVER: "For ever",
                }
            ),
        ),
    ] = Retention.MONTH
    alert_more_smile: Annotated[
        bool,
        SettingInfo("Smiling", "An alert when more faces than usual smile", ALERTS, Switch("More smile than usual")),
    ] = False
    alert_stopped_smiling: Annotated[
        bool,
        SettingInfo(
            "No longer smiling", "An alert when fewer faces than usual smile", ALERTS, Switch("Fewer smile than usual")
        ),
    ] = False
    alert_more_low: Annotated[
        bool,
        SettingInfo(
            "Sad, afraid or angry",
            "An alert when more faces than usual look sad, afraid or angry",
            ALERTS,
            Switch("More look sad, afraid or angry"),
        ),
    ] = False
    alert_more_surprised: Annotated[
        bool,
        SettingInfo(
            "Surprised", "An alert when more faces than usual look surprised", ALERTS, Switch("More look surprised")
        ),
    ] = False
    alert_turned_away: Annotated[
        bool,
        SettingInfo(
            "Turned away",
            "An alert when more faces than usual are turned away",
            ALERTS,
            Switch("More are turned away"),
        ),
    ] = False
    alert_out_of_view: Annotated[
        bool,
        SettingInfo(
            "Not in view",
            "An alert when more cameras than usual show no face",
            ALERTS,
            Switch(
                "More are not in view",
                "At most one in the quiet time and three a lesson, none in the first five minutes. Any may be a "
                "misreading.",
            ),
        ),
    ] = False
    alert_preset: Annotated[
        Preset,
        Field(strict=False),
        SettingInfo(
            "How readily",
            "How much it takes for an alert",
            ALERTS,
            Choice({Preset.CALM: "Seldom", Preset.NORMAL: "Normally", Preset.SENSITIVE: "Readily"}),
        ),
    ] = Preset.NORMAL
    alert_quiet_min: Annotated[
        int,
        Field(ge=5, le=60),
        SettingInfo("Quiet after an alert", "How long there is no other alert", ALERTS, Number(), "min"),
    ] = 5
    alert_telling: Annotated[
        Telling,
        Field(strict=False),
        SettingInfo(
            "An alert is told by",
            "How an alert is told. A sound may be heard in the call too, unless you wear headphones",
            ALERTS,
            Choice(
                {Telling.LINE: "A line", Telling.SOUND: "A line and a sound", Telling.OFF: "Nothing: alerts are off"}
            ),
        ),
    ] = Telling.LINE
    keep_last_source: Annotated[
        bool,
        SettingInfo(
            "Last source",
            "The source of the last session is remembered until the next start",
            LESSONS,
            Switch(
                "Remember the last source",
                "Its window's title, its file's path or its address without secrets. Off, none is kept, and the one "
                "that was is forgotten.",
            ),
        ),
    ] = True
    seat_view: Annotated[
        bool,
        SettingInfo(
            "Seat view",
            "A row for each participant: camera, face in view, read or why not, since when; never an expression",
            SHOWN,
            Switch(
                "Show a row for each participant",
                "It says whose camera is off, who is not in view and who has left, and never what a face shows. It is "
                "of this moment, and nothing of it is kept. You can give aliases there.",
            ),
        ),
    ] = False
    theme: Annotated[
        Theme,
        Field(strict=False),
        SettingInfo(
            "Look",
            "Light or dark window",
            PROGRAM,
            Choice({Theme.SYSTEM: "As the system", Theme.LIGHT: "Light", Theme.DARK: "Dark"}),
        ),
    ] = Theme.SYSTEM
    text_size: Annotated[
        TextSize,
        Field(strict=False),
        SettingInfo(
            "Text size",
            "How large the window's words are",
            PROGRAM,
            Choice(
                {
                    TextSize.PLAIN: "100 %",
                    TextSize.LARGER: "115 %",
                    TextSize.LARGE: "130 %",
                    TextSize.LARGEST: "150 %",
                }
            ),
        ),
    ] = TextSize.PLAIN
    less_motion: Annotated[
        bool,
        SettingInfo(
            "Motion",
            "Squares and bars jump to their place instead of gliding there",
            PROGRAM,
            Switch(
                "Less motion",
                "Squares and bars jump to their place instead of gliding there. Where the system asks for less motion "
                "it is so in any case.",
            ),
        ),
    ] = False
    language: Annotated[
        Language,
        Field(strict=False),
        SettingInfo(
            "Language",
            "What the window speaks, from its next start on",
            PROGRAM,
            # Each by its own name, so that who does not read the others finds it.
            Choice(
                {
                    Language.SYSTEM: "As the system",
                    Language.ENGLISH: "English",
                    Language.HINDI: "हिन्दी",
                    Language.SPANISH: "Español",
                    Language.GERMAN: "Deutsch",
                    Language.FRENCH: "Français",
                }
            ),
        ),
    ] = Language.SYSTEM
    accepted_use: Annotated[
        bool,
        SettingInfo(
            "Responsible use",
            "What the program can and cannot know was read, and the answers were accepted",
            RESPONSIBLE_USE,
            Switch("I have read this, and my answers are true"),
        ),
    ] = False
    jurisdiction: Annotated[
        Jurisdiction,
        Field(strict=False),
        SettingInfo(
            "Where is the class held?",
            "Where the class is held: in the EU or EEA, or elsewhere",
            RESPONSIBLE_USE,
            Choice(
                {
                    Jurisdiction.UNANSWERED: "Please choose",
                    Jurisdiction.EU: "In the EU or EEA",
                    Jurisdiction.OTHER: "Elsewhere",
                }
            ),
        ),
    ] = Jurisdiction.UNANSWERED
    context: Annotated[
        Context,
        Field(strict=False),
        SettingInfo(
            "What are the calls?",
            "What the calls are: education, work or something else",
            RESPONSIBLE_USE,
            Choice(
                {
                    Context.UNANSWERED: "Please choose",
                    Context.EDUCATION: "Teaching",
                    Context.WORK: "Work",
                    Context.OTHER: "Something else",
                }
            ),
        ),
    ] = Context.UNANSWERED

    @property
    def use_is_settled(self) -> bool:
        """Whether both questions were answered and the answers accepted."""
        answered = self.jurisdiction is not Jurisdiction.UNANSWERED and self.context is not Context.UNANSWERED
        return self.accepted_use and answered

    @property
    def alerts(self) -> AlertSettings:
        """What the teacher wants to be told of."""
        wanted = {
            AlertKind.MORE_SMILE: self.alert_more_smile,
            AlertKind.STOPPED_SMILING: self.alert_stopped_smiling,
            AlertKind.MORE_LOW: self.alert_more_low,
            AlertKind.MORE_SURPRISED: self.alert_more_surprised,
            AlertKind.TURNED_AWAY: self.alert_turned_away,
            AlertKind.OUT_OF_VIEW: self.alert_out_of_view,
        }
        kinds = frozenset(kind for kind, on in wanted.items() if on and self.alert_telling is not Telling.OFF)
        return AlertSettings(kinds, self.alert_preset, 60.0 * self.alert_quiet_min)

    def changed(self, **values: object) -> Self:
        """A copy with other values, which are checked as those of new settings are. Raises SettingsError."""
        return type(self).model_validate({**dict(self), **values})
