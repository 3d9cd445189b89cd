"""Which identifiers are one patient, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from uuid import UUID

from linkwell.hospital.pipeline.shapes import FoldedPatient, Told
from linkwell.interop.hospital_events import Identifier, Kind, PersonFacts

# Made-up patients of a live system are named so that nobody takes them for real.
_TEST_NAME = re.compile(r"(ZZ|XX)+\W*TEST|TEST\W*PATIENT", re.IGNORECASE)
_NAMES = tuple(each.name for each in fields(PersonFacts))
NOT_THIS_PATIENT = "The name and the date of birth are not those of the patient who has this hospital number."
JOINED_OTHER_WAY = "These two records are joined already, the other way round."
JOINED_ELSEWHERE = "The record that ends here was joined to a different record before."
NOT_JOINED = "These two records are not joined to each other, so they cannot be parted."


class Joins:
    """Who was merged into whom. The older number leads to the survivor for ever, or until the two are parted."""

    def __init__(self) -> None:
        self._into: dict[Identifier, Identifier] = {}

    def survivor(self, identifier: Identifier) -> Identifier:
        while identifier in self._into:
            identifier = self._into[identifier]
        return identifier

    def tell(self, told: Told) -> str:
        """Take in a join or a parting; why it cannot be, or nothing."""
        subject, other = told.event.subject, told.event.other
        if other is None:
            return ""
        if told.event.kind is Kind.UNMERGE:
            return self._part(subject, other)
        before = self._into.get(other)
        if before is not None:
            return "" if self.survivor(other) == self.survivor(subject) else JOINED_ELSEWHERE
        if self.survivor(subject) == other:
            return JOINED_OTHER_WAY
        self._into[other] = subject
        return ""

    def _part(self, one: Identifier, two: Identifier) -> str:
        for ended, kept in ((one, two), (two, one)):
            if self._into.get(ended) == kept:
                del self._into[ended]
                return ""
        return NOT_JOINED


def join(told: Iterable[Told], aside: dict[UUID, str]) -> Joins:
    joins = Joins()
    for each in told:
        if each.event.kind in (Kind.MERGE, Kind.UNMERGE):
            trouble = joins.tell(each)
            if trouble:
                aside[each.id] = trouble
    return joins


def describe(told: Iterable[Told], aside: dict[UUID, str]) -> dict[Identifier, PersonFacts]:
    """What is said of each identifier, the newest word on each fact. Events about somebody else go aside."""
    said: dict[Identifier, PersonFacts] = {}
    last: dict[Identifier, PersonFacts] = {}
    for each in told:
        event = each.event
        before = said.setdefault(event.subject, PersonFacts())
        if event.other is not None:
            said.setdefault(event.other, PersonFacts())
        # Most messages say the same of somebody as the one before.
        if event.person is None or event.person == last.get(event.subject):
            continue
        if not each.confirmed and is_somebody_else(before, event.person):
            aside[each.id] = NOT_THIS_PATIENT
            continue
        said[event.subject] = _newer(before, event.person)
        last[event.subject] = event.person
    return said


def is_somebody_else(known: PersonFacts, told: PersonFacts) -> bool:
    """Nothing agrees of date of birth, family name and given name, where both sides say all three."""
    pairs = [(known.born_on, told.born_on), (known.family_name, told.family_name), (known.given_name, told.given_name)]
    return all(one and two and one.casefold() != two.casefold() for one, two in pairs)


def together(said: dict[Identifier, PersonFacts], joins: Joins) -> tuple[FoldedPatient, ...]:
    """Each identifier with its survivor. The survivor's own words come first; the strictest flag of all holds."""
    members: dict[Identifier, list[Identifier]] = {}
    for identifier in sorted(said):
        members.setdefault(joins.survivor(identifier), []).append(identifier)
    patients = []
    for survivor, group in members.items():
        whole = said.get(survivor, PersonFacts())
        others = [identifier for identifier in group if identifier != survivor]
        for identifier in others:
            whole = _filled(whole, said[identifier])
        patients.append(FoldedPatient(survivor, survivor, whole, _is_test(whole)))
        for identifier in others:
            facts = said[identifier]
            patients.append(FoldedPatient(identifier, survivor, _strictest(facts, whole), _is_test(facts)))
    return tuple(patients)


def _newer(before: PersonFacts, told: PersonFacts) -> PersonFacts:
    changed = {name: value for name in _NAMES if (value := getattr(told, name)) is not None}
    if told.nhs_number is None or (told.nhs_number == before.nhs_number and before.nhs_verified):
        changed["nhs_verified"] = before.nhs_verified
    if told.died is False:
        changed["died_at"] = None
    return replace(before, **changed)


def _filled(known: PersonFacts, other: PersonFacts) -> PersonFacts:
    missing = {name: getattr(other, name) for name in _NAMES if getattr(known, name) in (None, "")}
    if not known.nhs_number:
        missing["nhs_verified"] = other.nhs_verified
    strict = {"restricted": known.restricted or other.restricted, "died": known.died or other.died}
    return replace(known, **(missing | strict))


def _strictest(facts: PersonFacts, whole: PersonFacts) -> PersonFacts:
    return replace(facts, restricted=whole.restricted, died=whole.died, died_at=whole.died_at)


def _is_test(facts: PersonFacts) -> bool:
    return any(_TEST_NAME.search(name or "") for name in (facts.family_name, facts.given_name))
