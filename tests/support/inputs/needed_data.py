"""Data that may not be shipped with the tests: where it is absent they skip, but in CI they fail."""

from collections.abc import Mapping
from pathlib import Path

import pytest


def require(path: Path, environment: Mapping[str, str]) -> None:
    """Returns where `path` exists. Else it skips the test, or fails it where the environment is that of CI.

    A CI that cannot have the data says so with FER_WITHOUT_DATA=1.
    """
    if path.exists():
        return
    if environment.get("CI") == "true" and not environment.get("FER_WITHOUT_DATA"):
        pytest.fail(f"{path} is absent, and CI without FER_WITHOUT_DATA=1 has it", pytrace=False)
    pytest.skip(f"{path} is absent")
