"""A group changes its listing: small things at once, risky things when a keeper has looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import connection
from django.utils.html import linebreaks

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import editing, taxonomy, vocabulary
from linkwell.directory.actions.provenance import corrected
from linkwell.directory.actions.room import locked, now_right
from linkwell.directory.editing import Change, Value
from linkwell.directory.models import ListingChange, Service, Venue
from linkwell.directory.permissions import DECIDE_LISTING, KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

DAYS_TO_LOOK = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a group's changes: taken at once, and waiting for a keeper (with the id of what waits)."""

    taken: tuple[Change, ...]
    waiting: tuple[Change, ...]
    waiting_id: UUID | None = None


@action(KEEP_LISTING)
def change_listing(*, scope: Scope, service_id: UUID, given: Mapping[str, Value], asked_by: str) -> Asked:
    """Change what the directory says. Whoever changes something says that the rest is right. Raises Invalid."""
    row = locked(scope, service_id)
    asked = editing.changes(editing.as_it_is(row), given)
    _check(asked, given)
    risky = tuple(each for each in asked if each.risky)
    taken = tuple(each for each in asked if not each.risky)
    if taken:
        _write(row, taken, asked_by)
        keep_change(scope, row, taken, asked_by, "taken")
    now_right(row, asked_by)
    row.save(update_fields=["details_confirmed_at", "details_confirmed_by"])
    waiting_id = keep_change(scope, row, risky, asked_by, "waiting") if risky else None
    audit.record(scope, "changed", "service", row.pk, fields=tuple(each.field for each in taken))
    return Asked(taken, risky, waiting_id)


def _check(asked: Sequence[Change], given: Mapping[str, Value]) -> None:
    problems = {}
    for each in asked:
        size = len(each.after) if isinstance(each.after, str) else 0
        if size > editing.BY_NAME[each.field].longest:
            problems[each.field] = f"Use {editing.BY_NAME[each.field].longest} characters or fewer."
    for name in ("name", "who_runs"):
        if any(each.field == name and not each.after for each in asked):
            problems[name] = f"Enter {editing.BY_NAME[name].label.lower()}."
    least, most = given.get("minimum_age"), given.get("maximum_age")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        problems["maximum_age"] = "This is younger than the age you start from."
    if problems:
        raise Invalid(problems)


def _write(row: Service, taken: Sequence[Change], said_by: str) -> None:
    before, after = {each.field: each.before for each in taken}, {each.field: each.after for each in taken}
    corrected(row, before, after, said_by)
    names = []
    for each in taken:
        if each.field == "who_runs":
            row.community_organisation.name = str(each.after)
            row.community_organisation.save(update_fields=["name"])
            continue
        setattr(row, each.field, each.after)
        names.append(each.field)
        if each.field == "description":
            row.description_html = linebreaks(str(each.after), autoescape=True)
            names.append("description_html")
    row.save(update_fields=names)
    index_words(row)


def keep_change(scope: Scope, row: Service, changed: Sequence[Change], asked_by: str, state: str) -> UUID:
    """Keep what a group changed, before and after. Called inside an action."""
    kept = ListingChange(
        organisation_id=row.organisation_id,
        service=row,
        changes=[asdict(each) for each in changed],
        risky=state == "waiting",
        asked_by=asked_by[:120],
        next_date=clock.today() + dt.timedelta(days=DAYS_TO_LOOK) if state == "waiting" else None,
        state=state,
    )
    states.begin(scope=scope, row=kept)
    return kept.pk


@action(DECIDE_LISTING)
def decide_change(*, scope: Scope, change_id: UUID, expected_version: int, take: bool, answer: str = "") -> UUID:
    """A keeper takes what a group asked for, or turns it down with a word for the group. Gives the service's id."""
    kept = states.lock(ListingChange, change_id, expected_version=expected_version)
    if kept.organisation_id != scope.organisation_id:
        raise NotFound
    if not take and not answer.strip():
        raise Invalid({"answer": "Say why, in a few words. The group reads this."})
    if take:
        row = locked(scope, kept.service_id)
        _write(row, [Change(**each) for each in kept.changes], kept.asked_by)
    kept.answer, kept.next_date, kept.decided_by_id = answer.strip()[:300], None, scope.user_id
    states.move(
        scope=scope,
        row=kept,
        to="taken" if take else "turned_down",
        reason=kept.answer,
        fields=("answer", "next_date", "decided_by"),
    )
    return kept.service_id


_INDEX = """
UPDATE "directory_service"
SET search = setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'B')
  || setweight(to_tsvector('english', %s), 'C') || setweight(to_tsvector('english', %s), 'D')
WHERE id = %s
"""


def index_words(row: Service) -> None:
    """A changed listing is found by its new words at once: in the same transaction as the change."""
    places = [
        word
        for place in Venue.objects.filter(service_id=row.pk)
        for word in (place.name, place.address, place.postcode)
    ]
    terms = [*vocabulary.plain_kinds(row.kinds), *vocabulary.plain_needs(row.needs), *taxonomy.names(row.terms)]
    group = row.community_organisation
    rest = [group.name, group.description, *places, row.who_for, row.first_visit, *row.languages]
    weighed = (row.name, " ".join(terms), row.description, " ".join(rest))
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, [*(vocabulary.fold(each) for each in weighed), row.pk])
