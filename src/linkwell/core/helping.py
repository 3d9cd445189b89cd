"""Help with a page, in place. Each app keeps the words of its pages in its own `help.py`, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """What to do on a page, in a few lines. `guide` is the name of the longer text, without its ending."""

    lines: tuple[str, ...]
    guide: str = ""


_by_route: dict[str, Help] = {}


def help_with(*routes: str, lines: tuple[str, ...], guide: str = "") -> None:
    """Declare the help of some pages by their names ("referrals:triage"), or of a whole app ("referrals:")."""
    for route in routes:
        if route in _by_route:
            raise ValueError(f"{route} has help already.")
        _by_route[route] = Help(lines, guide)


def help_of(route: str) -> Help | None:
    """The help of a page, else of the app it belongs to."""
    return _by_route.get(route) or _by_route.get(f"{route.partition(':')[0]}:")


def guides_named() -> frozenset[str]:
    """Every longer text that a page leads to."""
    return frozenset(each.guide for each in _by_route.values() if each.guide)
