"""What can be chosen: members are for the code, their values for the file; the words stand beside the settings."""

from enum import StrEnum


class Theme(StrEnum):
    """Light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Jurisdiction(StrEnum):
    """Whose law the class is held under."""

    UNANSWERED = ""
    EU = "eu"  # or the EEA
    OTHER = "other"


class Context(StrEnum):
    """What the calls are."""

    UNANSWERED = ""
    EDUCATION = "education"
    OTHER = "other"
