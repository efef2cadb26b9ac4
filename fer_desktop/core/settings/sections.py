"""The sections that settings stand under."""

from typing import Final

from fer_desktop.core.settings.description import Section

ALERTS: Final = Section("Alerts")
PROGRAM: Final = Section("Language and appearance")
SHOWN: Final = Section("What is shown")
LESSONS: Final = Section("Recording and lessons")
SPEED: Final = Section("Speed", advanced=True)
FACES: Final = Section("Faces", advanced=True)
RECOGNITION: Final = Section("Network files", advanced=True)
# As the dialog has them: what she wants first.
SECTIONS: Final = (ALERTS, PROGRAM, SHOWN, LESSONS, SPEED, FACES, RECOGNITION)
RESPONSIBLE_USE: Final = Section("Responsible use", in_dialog=False)
