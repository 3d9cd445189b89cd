"""Reading pages back as somebody would see them."""

from typing import Any

from bs4 import BeautifulSoup


def shown(answer: Any) -> str:
    """All words of a page, in order."""
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def typed_in(answer: Any, name: str) -> str:
    """What stands in one box of a page."""
    box: Any = BeautifulSoup(answer.content, "html.parser").find("input", {"name": name})
    assert box is not None, f"there is no box called {name}"
    return str(box["value"])
