"""Which visit an event names, wherever that visit, or the account it is under, was moved since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from linkwell.hospital.pipeline.identity import Joins
from linkwell.hospital.pipeline.shapes import Told
from linkwell.interop.hospital_events import HospitalEvent, Identifier, Kind, VisitFacts

Key = tuple[Identifier, str]


class Names:
    """Whose visits are whose. A name once used leads to its visit for ever, or until the visit is moved back.

    A visit is known by its number and, only where it has none, by its account. An account that moves takes every
    visit under it along, and those keep their numbers. Where one account holds several visits, an event that gives
    the account alone names none of them.
    """

    def __init__(self, told: Iterable[Told], joins: Joins) -> None:
        self._joins = joins
        self._moved: dict[Key, Key] = {}
        self._once: dict[Key, set[str]] = defaultdict(set)
        # Numbers of the visits under each account: all there ever were, and those that were not taken away since.
        self._ever: dict[Key, set[str]] = defaultdict(set)
        self._under: dict[Key, set[str]] = defaultdict(set)
        moves = []
        for each in told:
            visit = each.event.visit
            if visit is None:
                continue
            if each.event.kind is Kind.MOVE_VISIT:
                moves.append((each.event, visit))
            elif visit.number and visit.account:
                self._know(self._at(each.event.subject, visit.account), visit.number)
        for event, visit in moves:
            self._take(event, visit)

    def key(self, event: HospitalEvent) -> Key | None:
        """Whose stay it is and its name; None where the event names no stay."""
        visit = event.visit
        if visit is None or not (visit.number or visit.account):
            return None
        if visit.number:
            return self._follow(self._at(event.subject, visit.number))
        account = self._at(event.subject, visit.account)
        found = {self._follow((account[0], number)) for number in self._ever.get(account, ())}
        if not found:
            return self._follow(account)
        return found.pop() if len(found) == 1 else None

    def owner(self, event: HospitalEvent) -> Identifier:
        """Whose stay an event is about that names none: the patient's, or whoever has the account now."""
        account = event.visit.account if event.visit else ""
        return self._follow(self._at(event.subject, account))[0]

    def before(self, key: Key) -> frozenset[str]:
        """The names that this visit had before it was moved here."""
        return frozenset(self._once.get(key, ()))

    def _at(self, identifier: Identifier, name: str) -> Key:
        return self._joins.survivor(identifier), name

    def _know(self, account: Key, number: str) -> None:
        self._ever[account].add(number)
        self._under[account].add(number)

    def _take(self, event: HospitalEvent, visit: VisitFacts) -> None:
        """A visit goes to another patient or gets another number, or an account goes with all its visits."""
        before = event.other or event.subject
        if event.other_visit:
            self._take_visit(self._at(before, event.other_visit), event, visit)
            return
        start = self._at(before, event.other_account)
        end = self._at(event.subject, visit.account or event.other_account)
        if visit.number:
            self._know(start, visit.number)
        if start == end:
            return
        self._lead(start, end)
        for number in self._under.pop(start, ()):
            self._know(end, number)
            self._lead((start[0], number), (end[0], number))

    def _take_visit(self, start: Key, event: HospitalEvent, visit: VisitFacts) -> None:
        end = self._at(event.subject, visit.number or event.other_visit)
        for account, numbers in list(self._under.items()):
            if account[0] == start[0] and start[1] in numbers:
                numbers.discard(start[1])
                if event.other in (None, event.subject):
                    # The same patient's: another number, under the same account.
                    self._know(account, end[1])
        if visit.account:
            self._know(self._at(event.subject, visit.account), end[1])
        self._lead(start, end)

    def _lead(self, start: Key, end: Key) -> None:
        if start != end:
            # Whatever once left that place is back there.
            self._moved.pop(end, None)
            self._moved[start] = end
            self._once[end] |= self._once[start] | {start[1]}

    def _follow(self, key: Key) -> Key:
        while key in self._moved:
            key = self._moved[key]
        return key
