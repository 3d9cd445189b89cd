"""If these fail, a page has no look, or a browser is told to ask somebody else for something."""

import gzip
import re
from contextlib import closing

import pytest
from django.test import Client

from linkwell.core import assets
from linkwell.web import build_assets

FETCHED = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
STARTS = re.compile(r"""(?:fetch|import|src|href|open|sendBeacon)\s*[(=:]\s*["'`](https?:)?//""")


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    build_assets.build()


def built_text(name: str) -> str:
    return (assets.BUILD_FOLDER / assets.asset(name).rsplit("/", 1)[1]).read_text()


def test_every_page_finds_its_style_script_and_icons() -> None:
    for name in ("linkwell.css", "linkwell.js", "icon.svg", "neutral.svg"):
        address = assets.asset(name)
        assert re.fullmatch(rf"/static/build/{name.split('.')[0]}-[0-9a-f]{{12}}\.\w+", address)
        assert built_text(name)


def test_a_slow_phone_gets_the_compressed_style() -> None:
    name = assets.asset("linkwell.css").rsplit("/", 1)[1]

    packed = (assets.BUILD_FOLDER / f"{name}.gz").read_bytes()

    assert gzip.decompress(packed).decode() == built_text("linkwell.css")


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_a_browser_keeps_what_will_never_change(encoding: str) -> None:
    with closing(Client().get(assets.asset("linkwell.css"), headers={"accept-encoding": encoding})) as response:
        assert response.status_code == 200
        assert response.headers.get("Content-Encoding", "") == encoding
        assert "immutable" in response.headers["Cache-Control"]


def test_the_style_asks_nobody_else_and_brings_no_font() -> None:
    style = built_text("linkwell.css")

    for address in (one or other for one, other in FETCHED.findall(style)):
        assert (assets.BUILD_FOLDER / address).is_file() or address.startswith("data:image/"), address
    assert "@font-face" not in style
    assert "frutiger" not in style.casefold()
    assert "font-family:arial,sans-serif" in style.replace(" ", "")


def test_the_script_names_no_other_place_to_fetch_from() -> None:
    script = built_text("linkwell.js")

    assert STARTS.findall(script) == []
    assert "sourceMappingURL" not in script


def test_a_missing_build_says_how_to_make_it() -> None:
    with pytest.raises(assets.AssetsNotBuilt, match=r"python -m linkwell\.web\.build_assets"):
        assets.asset("nothing.css")


def test_building_twice_builds_once() -> None:
    assert build_assets.build() is False


def test_a_changed_source_or_a_lost_file_is_noticed() -> None:
    stamp = build_assets.digest(build_assets.source_files())

    assert build_assets.is_current(stamp)
    assert not build_assets.is_current(stamp[::-1])


def test_the_lock_file_names_no_registry() -> None:
    lock = (build_assets.ROOT / "package-lock.json").read_text()

    assert "://" not in lock
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 10
