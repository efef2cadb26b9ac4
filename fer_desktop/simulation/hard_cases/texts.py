"""Lines of text in pictures of calls and of other programs."""

from collections.abc import Sequence
from typing import Final

from fer_desktop.core.types import Image
from fer_desktop.simulation.layout import Box
from fer_desktop.simulation.render.drawing import REGULAR, Colour, text_width, write

LINES: Final = (
    "Can you share the worksheet again, please?", "Yes, one moment", "Which page are we on?", "Page 42, exercise 3",
    "I think it is the second one", "My microphone does not work today", "The link is in the course", "Thank you!",
    "Is the deadline still Friday?", "We found the same result with the other method", "+1", "Good morning everybody",
    "Could you explain the last step once more?", "The average is 7.4, not 6.9", "See you tomorrow",
)  # fmt: skip
PARAGRAPH: Final = (
    "The water of a river is never the same twice. It comes down from the hills with what the rain has loosened, "
    "slows where the valley widens, and leaves there what it can no longer carry. Over many years this makes the "
    "flat ground on which most towns stand. Measure the width of the river on the map at five places and compare "
    "them with the height above the sea. Write down what you expect before you begin, and explain afterwards where "
    "you were right. A graph with both values helps to see what belongs together."
)
HEADLINES: Final = (
    "Council agrees on new bridge after long debate", "How schools teach outdoors", "Rain expected until Thursday",
    "Team wins third match in a row", "A quiet village and its famous bakery", "Trains run again between the coasts",
    "What the new budget means", "Museum opens its oldest room", "Researchers count butterflies from the air",
)  # fmt: skip


def put_lines(picture: Image, texts: Sequence[str], box: Box, size: int, ink: Colour, weight: int = REGULAR) -> int:
    """Writes paragraphs, broken into lines, from the box's upper edge down; in place. Returns where the next goes."""
    y = box[1] + size // 2
    for text in texts:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and text_width(longer, size, weight) > box[2] - box[0]:
                if y + size > box[3]:
                    return y
                write(picture, line, box[0], y, size, ink, weight)
                y, line = y + round(1.45 * size), word
            else:
                line = longer
        if y + size > box[3]:
            return y
        write(picture, line, box[0], y, size, ink, weight)
        y += round(1.7 * size)
    return y
