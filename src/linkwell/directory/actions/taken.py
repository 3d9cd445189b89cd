"""When a listing that speaks for two stops taking the words of the other. For actions."""

from __future__ import annotations

from collections.abc import Collection

from linkwell.directory.models import Sameness, Service, TwiceListed


def said_here(row: Service, names: Collection[str]) -> None:
    """Somebody here said this of the listing that speaks for both: no other words are taken over it any more."""
    said = {*names, *(f"{name}_html" for name in names)}
    for pair in TwiceListed.objects.filter(kept=row, decision=Sameness.ONE, taken__overlap=list(said)):
        pair.taken = [name for name in pair.taken if name not in said]
        pair.own = {name: value for name, value in pair.own.items() if name not in said}
        pair.save(update_fields=["taken", "own"])
