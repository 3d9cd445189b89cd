"""The demo place's directory, loaded as it would be for real."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkwell.directory.tests.samples import load
from tests.browser import chromium, page, plain_page
from tests.place import Place

__all__ = ["chromium", "page", "plain_page", "wexcombe"]

FEED = Path(__file__).parents[2] / "demo" / "feed" / "wexcombe.json"


@pytest.fixture
def wexcombe(place: Place) -> Place:
    result = load(place, FEED.read_bytes(), source="Wexcombe")
    assert result.rejected == []
    assert result.added == result.read > 0
    return place
