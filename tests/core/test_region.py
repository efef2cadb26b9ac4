import pytest

from fer_desktop.core.sources import Region


@pytest.mark.parametrize(
    ("other", "both_cover"),
    [
        (Region(60, 40, 100, 100), Region(60, 40, 40, 40)),
        (Region(20, 20, 10, 10), Region(20, 20, 10, 10)),
        (Region(-50, -50, 60, 500), Region(0, 0, 10, 80)),
        (Region(100, 0, 10, 10), None),
        (Region(0, -10, 100, 10), None),
    ],
    ids=["a corner", "within", "past two edges", "beside it", "above it"],
)
def test_regions_share_what_both_cover(other: Region, both_cover: Region | None) -> None:
    region = Region(0, 0, 100, 80)
    assert region.overlap(other) == both_cover
    assert other.overlap(region) == both_cover
