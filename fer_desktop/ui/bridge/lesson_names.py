"""What a stored lesson is called on the screen."""

from fer_desktop.ui.bridge.saved import SavedSession
from fer_desktop.ui.look.source_names import stored_name


def name_of(lesson: SavedSession) -> str:
    """Its name; where that is its source's and the program's own words, in the language of today."""
    if lesson.name != lesson.source:
        return lesson.name
    return stored_name(lesson.source, lesson.is_demo)
