"""What a group reads from the links about its listing: the people who were referred to it, and its own numbers."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import ActorKind, Scope
from linkwell.directory.models import LinkPurpose, ListingLink, Service, Steward
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.directory.queries.listing import own_addresses
from linkwell.directory.queries.same import listings_of, shown
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.onward.links import hashed, matches
from linkwell.onward.models import OnwardReferral

PAGE_SIZE = 25
MONTHS = 12
OFTEN = 3
STILL_COMING = dt.timedelta(weeks=8)
DID_NOT_FIT = ("We are not right for this", "They live too far away", "They are outside our age range")
NO_ROOM = "We are full"


@dataclass(frozen=True, slots=True)
class OpenedListing:
    """A link about a listing as found by its token."""

    id: UUID
    organisation_id: UUID
    service_id: UUID
    purpose: str
    usable: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class ReferredRow:
    """One referral to the group, in the words the person agreed to. No name once they no longer agree."""

    first_name: str
    sent_at: dt.datetime
    state: str
    state_words: str
    days_came: int
    last_came: dt.date | None
    decline_reason: str


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """Counts of referrals sent in a period.

    `did_not_fit` counts those declined by the group's answer, `against_rules` those sent although the listing's own
    words said no, by these words. `misfits` are both together, each referral once.
    """

    since: dt.date
    until: dt.date
    service: str
    who_runs: str
    sent: int
    said_yes: int
    on_waiting_list: int
    no_answer: int
    declined: int
    no_room: int
    did_not_fit: dict[str, int]
    against_rules: dict[str, int]
    misfits: int
    came: int
    came_often: int
    did_not_come: int
    taken_back: int
    days_came: int
    still_coming: int
    days_to_answer: int | None


def opened_listing(token: str, key: str = "") -> OpenedListing | None:
    """The link with this token, before any scope exists. Looking changes nothing: mail scanners look too.

    `key` is what this browser was given when the code was entered.
    """
    found = ListingLink.objects.filter(token_hash=hashed(token)).first()
    if found is None:
        return None
    now = clock.now()
    opened = found.opened_until is not None and found.opened_until > now and matches(key, found.browser_hash)
    usable = found.closed_at is None and found.expires_at > now
    return OpenedListing(found.pk, found.organisation_id, found.service_id, found.purpose, usable, bool(key) and opened)


@query(KEEP_LISTING)
def where_the_code_goes(scope: Scope) -> str:
    """The address that the code of this link goes to, with most of it hidden: "ta…@millhallfriends.example.org"."""
    link, row = _own(scope)
    if link.steward_id is not None:
        address = Steward.objects.filter(pk=link.steward_id).values_list("email", flat=True)[0]
    else:
        address = next(iter(own_addresses(row)), "")
    name, _, domain = address.partition("@")
    return f"{name[:2]}…@{domain}" if domain else ""


@query(KEEP_LISTING, opening=True)
def referred_to(scope: Scope, key: str, page: int = 1) -> Page[ReferredRow]:
    """Who was referred to the group in the last twelve months, newest first. Needs the code."""
    row = _with_code(scope, key)
    start = (page - 1) * PAGE_SIZE
    rows = _sent_to(row, _since(clock.today())).order_by("-sent_at", "pk")
    listed = list(rows[start : start + PAGE_SIZE + 1])
    for each in listed[:PAGE_SIZE]:
        audit.record_opening(scope, "onward_referral", each.pk, person_id=each.person_id)
    return Page.of([_row(each) for each in listed], number=page, size=PAGE_SIZE)


@query(KEEP_LISTING)
def numbers_of_group(scope: Scope, key: str) -> GroupNumbers:
    """The group's own numbers of the last twelve months. Needs the code."""
    row = _with_code(scope, key)
    today = clock.today()
    since = _since(today)
    rows = list(_sent_to(row, since))
    reasons = Counter(each.decline_reason for each in rows if each.state == "declined")
    took = [(each.answered_at - each.sent_at).days for each in rows if each.answered_at is not None]
    return GroupNumbers(
        since=since,
        until=today,
        service=row.name,
        who_runs=row.community_organisation.name,
        sent=len(rows),
        said_yes=_in(rows, "accepted", "attended", "did_not_come", "ended"),
        on_waiting_list=_in(rows, "waiting_list"),
        no_answer=_in(rows, "sent", "asked"),
        declined=_in(rows, "declined"),
        no_room=reasons[NO_ROOM],
        did_not_fit={reason: reasons[reason] for reason in DID_NOT_FIT},
        against_rules=dict(Counter(rule for each in rows for rule in each.did_not_fit).most_common()),
        misfits=sum(bool(each.did_not_fit) or _declined_as_misfit(each) for each in rows),
        came=sum(each.times > 0 for each in rows),
        came_often=sum(each.times >= OFTEN for each in rows),
        did_not_come=sum(each.state in ("did_not_come", "ended") and each.times == 0 for each in rows),
        taken_back=_in(rows, "withdrawn"),
        days_came=sum(each.times for each in rows),
        still_coming=sum(each.last is not None and each.last >= today - STILL_COMING for each in rows),
        days_to_answer=round(median(took)) if took else None,
    )


def _declined_as_misfit(row: Any) -> bool:
    return row.state == "declined" and row.decline_reason in DID_NOT_FIT


def _in(rows: list[Any], *states: str) -> int:
    return sum(each.state in states for each in rows)


def _since(today: dt.date) -> dt.date:
    return dt.date(today.year - 1, today.month, 1)


def _sent_to(row: Service, since: dt.date) -> QuerySet[Any]:
    """Each with `times` and `last`: on how many days they came and when last, as the group said."""
    # What the person told the team is not the group's to read.
    told = Q(attendances__told_by_kind=ActorKind.LINK, attendances__came=True)
    rows = OnwardReferral.objects.filter(
        organisation_id=row.organisation_id, service__in=listings_of(row.pk), sent_at__gte=clock.at(since, dt.time(0))
    )
    return rows.annotate(times=Count("attendances", filter=told), last=Max("attendances__on", filter=told))


def _row(each: Any) -> ReferredRow:
    gone = each.state == "withdrawn"
    return ReferredRow(
        first_name="Somebody" if gone else each.first_name,
        sent_at=each.sent_at,
        state=each.state,
        state_words=each.moves.words[each.state],
        days_came=each.times,
        last_came=each.last,
        decline_reason=each.decline_reason,
    )


def _own(scope: Scope) -> tuple[ListingLink, Service]:
    link_id, service_id = scope.link
    link = ListingLink.objects.filter(pk=link_id, service_id=service_id, closed_at=None).first()
    if link is None or link.purpose != LinkPurpose.KEEP or link.expires_at < clock.now():
        raise NotFound
    if link.steward_id and not Steward.objects.filter(pk=link.steward_id, ended_at=None).exists():
        raise NotFound
    return link, shown(scope.organisation_id, service_id)


def _with_code(scope: Scope, key: str) -> Service:
    link, row = _own(scope)
    if link.opened_until is None or link.opened_until < clock.now() or not matches(key, link.browser_hash):
        raise NotFound
    return row
