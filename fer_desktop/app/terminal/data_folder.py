"""Where FER-2013 is, for the commands that train and measure."""

from pathlib import Path
from typing import Annotated, Final

import typer

# From the folder in which the command is started; the last is where this project's own tests read it.
PLACES: Final = (Path("fer2013"), Path("data/fer2013"), Path("fer2013.csv"), Path("../shared/data/fer2013"))
_LOOKED = f"the first there is of {', '.join(map(str, PLACES))}"


def found_data() -> Path:
    """The first place where FER-2013 usually is and something is; where there is none, the first at all."""
    return next(filter(Path.exists, PLACES), PLACES[0])


DataFolder = Annotated[
    Path,
    typer.Option(
        metavar="DIR",
        default_factory=found_data,
        show_default=_LOOKED,
        help="FER-2013: a folder with labels.csv and the sheets, one with train/<class> and test/<class>, fer2013.csv.",
    ),
]
FacesFolder = Annotated[
    Path,
    typer.Option(
        metavar="DIR",
        default_factory=found_data,
        show_default=_LOOKED,
        help="FER-2013 as `train` takes it, or any folder with a subfolder of pictures a class.",
    ),
]
