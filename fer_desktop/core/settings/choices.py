"""What can be chosen: members are for the code, their values for the file; the words stand beside the settings."""

from enum import StrEnum


class Theme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """How large the window's words are, in per cent of their plain size."""

    PLAIN = "100"
    LARGER = "115"
    LARGE = "130"
    LARGEST = "150"

    @property
    def percent(self) -> int:
        """The number itself."""
        return int(self.value)


class Language(StrEnum):
    """What the window speaks."""

    SYSTEM = "system"
    ENGLISH = "en"
    HINDI = "hi"
    SPANISH = "es"
    GERMAN = "de"
    FRENCH = "fr"


class Jurisdiction(StrEnum):
    """Whose law the class is held under."""

    UNANSWERED = ""
    EU = "eu"  # or the EEA
    OTHER = "other"


class Context(StrEnum):
    """What the calls are."""

    UNANSWERED = ""
    EDUCATION = "education"
    WORK = "work"
    OTHER = "other"


class Retention(StrEnum):
    """How long a session is kept once it has begun."""

    LESSON = "lesson"  # until the next one begins, or the program starts
    WEEK = "7d"
    MONTH = "30d"
    HALF_YEAR = "180d"
    FOR_EVER = "forever"

    @property
    def days(self) -> int | None:
        """How many days; 0: until the next session or start. None: for ever."""
        if self is Retention.FOR_EVER:
            return None
        return 0 if self is Retention.LESSON else int(self.value.removesuffix("d"))
