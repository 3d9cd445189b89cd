"""Words for a shortlist: side by side, and on paper. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from linkwell.directory import drawing, presenters
from linkwell.directory.queries import ServiceRow

MOST_BESIDE = 4
# The name of what helps with these may say why somebody goes there: it is told in person, and left off paper.
SAYS_WHY = frozenset({"safe", "drink_drugs"})
EASY_LINES = ("When", "Where", "Telephone")


@dataclass(frozen=True, slots=True)
class Kept:
    """A service of the list; `lines` are label and value."""

    id: UUID
    name: str
    where: str
    lines: tuple[tuple[str, str], ...]
    says_why: bool = False


def kept(row: ServiceRow) -> Kept:
    facts = [(fact.label, fact.value) for fact in presenters.service_page(row).facts]
    room = ("Room", presenters.room_words(row).words)
    first = [("The first time", row.first_visit)] if row.first_visit else []
    return Kept(row.id, row.name, presenters.where(row, None), (room, *facts, *first), bool(SAYS_WHY & set(row.needs)))


def beside(rows: Sequence[Kept]) -> list[tuple[str, list[str]]]:
    """A line of the table for each label that any of the first few has, in the order of the page of a service."""
    few = [dict(row.lines) for row in rows[:MOST_BESIDE]]
    labels = list(dict.fromkeys(label for row in rows[:MOST_BESIDE] for label, _ in row.lines))
    return [(label, [each.get(label, "") for each in few]) for label in labels]


def on_paper(rows: Sequence[Kept], look: str) -> list[Kept]:
    """What a sheet says: where, when and how to reach them; never what it is good for, nor whether there was room.

    What by its name would say why somebody goes there is not on it.
    """
    wanted = EASY_LINES if look == "easy" else (*EASY_LINES, "Cost", "How to join", "Who to ask for", "The first time")
    return [
        Kept(row.id, row.name, row.where, tuple((label, value) for label, value in row.lines if label in wanted))
        for row in rows
        if not row.says_why
    ]


def on_a_map(
    ids: Sequence[UUID],
    spots: Mapping[UUID, Sequence[tuple[float, float]]],
    near: tuple[float, float] | None,
    first: int = 1,
) -> drawing.Drawing | None:
    """The places of a numbered list; what is at one place shares a point."""
    numbers: dict[tuple[float, float], list[str]] = {}
    for number, service_id in enumerate(ids, start=first):
        for latitude, longitude in spots.get(service_id, ()):
            at = numbers.setdefault((round(latitude, 3), round(longitude, 3)), [])
            at += [] if str(number) in at else [str(number)]
    points = [(", ".join(here), *at) for at, here in numbers.items()]
    return drawing.draw(points, near, settings.MAP_TILES)
