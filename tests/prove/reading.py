"""What people of each organisation read, walked page by page: nobody else's people, and nobody's words in a message.

Every record carries words that stand nowhere else (`acts.parts.marked`). Whoever reads them, or an id or a whole name
from another organisation's records, must have been given them: held, sent, handed over or shared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from uuid import UUID

from django.core import mail
from django.test import Client
from django.urls import Resolver404, resolve

from linkwell.core.scope import Scope
from tests.place import Member, sign_in
from tests.prove.week import Week, asked

MARK = re.compile(r"zq([0-9a-f]{32})")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
LINK = re.compile(r'href="(/[^"#]*)')
NOT_WALKED = re.compile(r"/(account|static|assistance)/|sign-out|manifest")
RECORDS = ("people_person", "casework_case", "referrals_referral", "people_concern", "casework_interaction")


@dataclass
class Known:
    """What one organisation may read about people: ids of records, marks of support, whole names."""

    ids: set[UUID] = field(default_factory=set)
    marks: set[UUID] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


class Readers:
    """Everybody's records, and who was given what."""

    def __init__(self) -> None:
        self.known: dict[UUID, Known] = defaultdict(Known)
        self.ids: set[UUID] = set()
        for table in RECORDS:
            for row_id, held_by in asked(f"SELECT id, organisation_id FROM {table}"):
                self.known[held_by].ids.add(row_id)
                self.ids.add(row_id)
        for held_by, name in asked(
            "SELECT organisation_id, given_name || ' ' || family_name FROM people_person UNION"
            " SELECT organisation_id, given_name || ' ' || family_name FROM referrals_referral UNION"
            " SELECT organisation_id, person_name FROM referrals_sentreferral"
        ):
            self.known[held_by].names.add(name)
        self.names = {name for each in self.known.values() for name in each.names}
        self._given()

    def _given(self) -> None:
        """Support is known to whoever holds it, was offered it, or was sent a letter about it."""
        for held_by, case_id in asked(
            "SELECT organisation_id, id FROM casework_case UNION"
            " SELECT t.organisation_id, h.case_id FROM casework_handover h JOIN accounts_team t ON t.id = h.to_team_id"
            " UNION SELECT s.recipient_id, m.case_id FROM casework_messageback m JOIN accounts_share s"
            " ON s.object_id = m.id"
        ):
            self.known[held_by].marks.add(case_id)
        for held_by, referral_id in asked("SELECT organisation_id, referral_id FROM referrals_sentreferral"):
            self.known[held_by].ids.add(referral_id)
        for held_by, name in asked(
            "SELECT s.recipient_id, p.given_name || ' ' || p.family_name FROM casework_messageback m"
            " JOIN accounts_share s ON s.object_id = m.id JOIN casework_case c ON c.id = m.case_id"
            " JOIN people_person p ON p.id = c.person_id"
        ):
            self.known[held_by].names.add(name)

    def strange(self, reader: Scope, text: str) -> Iterator[str]:
        """What stands in this text and was never given to this reader's organisation."""
        known = self.known[reader.organisation_id]
        marks = {UUID(each) for each in MARK.findall(text)}
        ids = {UUID(each) for each in AN_ID.findall(text)} & self.ids
        names = {each for each in self.names - known.names if each in text}
        for what in ({f"words of {each}" for each in marks - known.marks}, {f"id {e}" for e in ids - known.ids}, names):
            yield from sorted(what)


def overheard(week: Week, walkers: Iterable[Scope], *, of_each: int, most: int) -> tuple[list[str], int]:
    """What somebody read and was never given, on so many pages of each kind and in all; and on how many pages they
    read of people whom they know."""
    readers, found, told = Readers(), _written(), 0
    for reader in walkers:
        for url, text in islice(_walk(reader, readers, of_each), most):
            told += any(name in text for name in readers.known[reader.organisation_id].names)
            found += [f"{reader.actor_name} reads {each} at {url}" for each in readers.strange(reader, text)]
    return found, told


def everybody(week: Week) -> Iterator[Scope]:
    """Of each organisation: its lead, one who works there and its office, or whoever refers."""
    for each in week.partners.values():
        yield from (each.lead, each.workers[0], each.administrator)
    yield from week.referrers.values()


def _walk(reader: Scope, readers: Readers, of_each: int) -> Iterator[tuple[str, str]]:
    """Every kind of page that links lead to, and searches for people of others by name."""
    client, seen = sign_in(_member(reader)), Counter[str]()
    waiting = [f"/search/?q={name.split()[-1]}" for name in _others(reader, readers, 3)] + ["/"]
    asked_for = set(waiting)
    while waiting:
        url = waiting.pop()
        kind = _kind(url)
        if not kind or seen[kind] >= of_each:
            continue
        seen[kind] += 1
        text = _read(client, url)
        yield url, text
        fresh = {unescape(each) for each in LINK.findall(text)} - asked_for
        asked_for |= fresh
        waiting += sorted(fresh)


def _others(reader: Scope, readers: Readers, count: int) -> Iterable[str]:
    return sorted(readers.names - readers.known[reader.organisation_id].names)[:count]


def _kind(url: str) -> str:
    """The name of the route, or nothing for what is not walked."""
    if NOT_WALKED.search(url):
        return ""
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _read(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    body = b"".join(response) if response.streaming else response.content
    return unescape(body.decode(errors="replace"))


def _member(scope: Scope) -> Member:
    (membership_id,) = asked("SELECT id FROM accounts_membership WHERE user_id = %s", scope.user_id)[0]
    assert scope.user_id is not None
    return Member(scope.user_id, membership_id, "", scope)


def _written() -> list[str]:
    """Words of anybody's record in a message, on its way or sent."""
    sent = [f"{each.subject} {each.body}" for each in getattr(mail, "outbox", [])]
    kept = [text for (text,) in asked("SELECT m::text FROM messaging_message m")]
    return [f"a message carries words of {mark}" for text in (*sent, *kept) for mark in MARK.findall(text)]
