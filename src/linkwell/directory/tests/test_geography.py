"""Distances would be wrong, or missing, if a postcode were not known to be where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from linkwell.directory import drawing, geography
from linkwell.directory.geography import building
from linkwell.directory.geography_cli import geography as command
from linkwell.kernel.errors import Invalid


def test_a_postcode_its_sector_and_its_district_are_known() -> None:
    whole = geography.place("bs1 4dj")
    assert whole is not None
    assert whole.exact
    assert (whole.latitude, whole.longitude) == pytest.approx((51.4496, -2.5996), abs=0.01)
    district = geography.place("BS1")
    assert district is not None
    assert not district.exact
    assert "BS1" in geography.districts_near(whole.latitude, whole.longitude, 2)
    assert len(geography.outline("BS1")) >= 4


@pytest.mark.parametrize("code", ["", "ZZ99 3VZ", "QX1 1AA", "Atlantis", "BS", "\x00", "9" * 50, "ZW1 1AA"])
def test_what_is_no_place_of_great_britain_is_nowhere(code: str) -> None:
    assert geography.place(code) is None


def test_a_fuller_table_is_used_once_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKWELL_HOME", str(tmp_path))
    file = tmp_path / "onspd.csv"
    file.write_text(
        "\ufeffpcds,doterm,lat,long\nBS1 4DJ,,51.5,-2.5\nBS1 4DK,202001,51.5,-2.5\n"
        "XX,,1,1\nJE2 3AB,,99.9999,0\nBS9 9ZZ,,x,y\n"
    )
    geography.forget()
    try:
        said = CliRunner().invoke(command, ["load", str(file)], catch_exceptions=False).stdout
        assert "1 postcodes in 1 sectors" in said
        assert "Open Government Licence" in said
        found = geography.place("BS1 4DJ")
        assert found is not None
        assert (found.latitude, found.longitude) == pytest.approx((51.5, -2.5), abs=0.001)
    finally:
        geography.forget()


def test_a_file_without_places_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("name,size\nx,1\n")
    done = CliRunner().invoke(command, ["load", str(file)])
    assert done.exit_code == 1
    assert "no columns for postcode" in done.output
    with pytest.raises(Invalid):
        building.compact([])


def test_points_keep_their_numbers_and_stay_on_the_map() -> None:
    made = drawing.draw([("1", 51.45, -2.6), ("2", 51.47, -2.55)], (51.46, -2.58))
    assert made is not None
    assert [spot.words for spot in made.spots] == ["1", "2"]
    assert all(0 < spot.across < made.width and 0 < spot.down < made.height for spot in made.spots)
    assert any(shape.name == "BS1" for shape in made.shapes)
    assert drawing.draw([]) is None
    assert drawing.draw([("1", 51.3, -6.0)]) is not None
