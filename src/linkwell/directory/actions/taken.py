"""In which columns a listing that speaks for two takes the words of the other, and when it stops. For actions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from linkwell.directory.models import Sameness, Service, TwiceListed


def said_here(row: Service, names: Collection[str]) -> None:
    """Somebody here said this of the listing that speaks for both: no other words are taken over it any more."""
    release(row, [*names, *(f"{name}_html" for name in names)])


def release(row: Service, names: Collection[str]) -> dict[str, Any]:
    """No other words are taken in these columns; gives what the listing would say in them by itself, where one was."""
    own: dict[str, Any] = {}
    for pair in TwiceListed.objects.filter(kept=row, decision=Sameness.ONE, taken__overlap=list(names)):
        pair.taken = [name for name in pair.taken if name not in names]
        own |= {name: value for name, value in pair.own.items() if name in names}
        pair.own = {name: value for name, value in pair.own.items() if name not in names}
        pair.save(update_fields=["taken", "own"])
    return own
