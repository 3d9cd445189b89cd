"""What a link worker would lose if the directory could not be searched in plain words."""

from __future__ import annotations

from importlib.resources import files

import pytest

from linkwell.directory import actions, queries
from linkwell.directory.queries import Search
from linkwell.interop.openreferral import read
from tests.place import Place


@pytest.fixture
def wexcombe(place: Place) -> Place:
    """The demo place's directory, loaded as it would be for real."""
    with files("linkwell.demo.feed").joinpath("wexcombe.json").open("rb") as feed:
        result = actions.import_feed(
            scope=place.administrator.scope, reading=read(feed), source_name="Wexcombe", location="wexcombe.json"
        )
    assert result.rejected == []
    assert result.added == result.read > 0
    return place


def names(place: Place, words: str, **facts: object) -> list[str]:
    found = queries.find(place.worker.scope, Search(words=words, **facts))  # type: ignore[arg-type]
    return [each.service.name for each in found]


@pytest.mark.parametrize("words", ["social group", "swimming", "history group"])
def test_x(wexcombe: Place, words: str) -> None:
    print(names(wexcombe, words)[:5])
