"""Times, places and rules of a group in lines of words, as they are and as they would be. Nothing asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from linkwell.directory.fitting import Rule, rule_words
from linkwell.directory.meeting import AS_NOW, PlaceSaid, RuleSaid, TimeSaid, words_of_time
from linkwell.directory.presenters import times
from linkwell.directory.queries import SessionRow
from linkwell.directory.queries.meeting import Meeting, PlaceRow, RuleRow, TimeRow
from linkwell.kernel import words


def time_lines(rows: Iterable[TimeRow]) -> list[str]:
    return [time_line(each) for each in rows]


def time_line(row: TimeRow) -> str:
    """ "Mondays, 2pm to 4pm, at Mill Hall"."""
    told = times((SessionRow(row.weekday, row.starts_at, row.ends_at, row.words, row.venue_name),))
    until = f", until {words.written_date(row.said.until)}" if row.said is not None and row.said.until else ""
    return f"{told[0] if told else 'A time without words'}{until}{f', at {row.venue_name}' if row.venue_name else ''}"


def place_lines(rows: Iterable[PlaceRow]) -> list[str]:
    return [place_line(each.said) for each in rows]


def place_line(said: PlaceSaid) -> str:
    steps = {True: "without steps", False: "with steps", None: ""}[said.step_free]
    return ", ".join(filter(None, (said.name, said.address, said.postcode, steps, said.getting_there)))


def rule_lines(rows: Iterable[RuleRow]) -> list[str]:
    return [each.words for each in rows]


def with_time(now: Meeting, part_id: UUID | None, said: TimeSaid) -> list[str]:
    """The lines of the times if this were said of one of them, or added."""
    named = next((each.said.name for each in now.places if each.id == said.venue_id), "")
    old = next((each.words for each in now.times if each.id == part_id), "")
    told = old if said.rhythm == AS_NOW else words_of_time(said)
    new = TimeRow(part_id or now.service_id, said, said.weekday, said.starts_at, said.ends_at, told, named)
    return _put([(each.id, time_line(each)) for each in now.times], part_id, time_line(new))


def with_place(now: Meeting, part_id: UUID | None, said: PlaceSaid) -> list[str]:
    return _put([(each.id, place_line(each.said)) for each in now.places], part_id, place_line(said))


def with_rule(now: Meeting, part_id: UUID | None, said: RuleSaid) -> list[str]:
    line = rule_words(Rule(said.kind, said.values, None, said.must, said.words))
    return _put([(each.id, each.words) for each in now.rules], part_id, line)


def _put(lines: Sequence[tuple[UUID, str]], part_id: UUID | None, new: str) -> list[str]:
    changed = [new if each == part_id else line for each, line in lines]
    return changed if part_id is not None else [*changed, new]
