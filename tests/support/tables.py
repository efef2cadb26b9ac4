"""CSV files as a user of pandas opens them."""

from pathlib import Path
from typing import Any


def read_table(file: Path) -> Any:
    """The file as a pandas DataFrame."""
    import pandas as pd

    return pd.read_csv(file)
