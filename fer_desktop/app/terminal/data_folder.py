"""Where FER-2013 is, for the commands that train and measure."""

from pathlib import Path
from typing import Annotated, Final

import typer

# Relative to the working directory; the last is where this project's own tests read it.
PLACES: Final = (Path("fer2013"), Path("data/fer2013"), Path("fer2013.csv"), Path("../shared/data/fer2013"))
_SHOWN_DEFAULT = f"the first that exists of {', '.join(map(str, PLACES))}"


def default_data() -> Path:
    """The first of PLACES that exists; where none does, the first of all."""
    return next(filter(Path.exists, PLACES), PLACES[0])


DataFolder = Annotated[
    Path,
    typer.Option(
        metavar="DIR",
        default_factory=default_data,
        show_default=_SHOWN_DEFAULT,
        help="FER-2013: a folder with labels.csv and the sheets, one with train/<class> and test/<class>, fer2013.csv.",
    ),
]
FacesFolder = Annotated[
    Path,
    typer.Option(
        metavar="DIR",
        default_factory=default_data,
        show_default=_SHOWN_DEFAULT,
        help="FER-2013 as `train` takes it, or any folder with a subfolder of pictures per class.",
    ),
]
