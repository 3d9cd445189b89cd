"""Meetings, and each person's part of one."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.groupwork.models import Meeting, MeetingItem
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.groupwork.queries.planned import planned_or_past
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people.names import like_it
from linkwell.people.queries import kept_apart_ids


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One person's part of a meeting."""

    id: UUID
    meeting_id: UUID
    meeting_title: str
    met_at: dt.datetime
    person_id: UUID
    person_name: str
    said: str
    action: str
    owner: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting. `attended` is a name and profession a line."""

    id: UUID
    title: str
    place: str
    starts_at: dt.datetime
    attended: str
    state: str
    state_words: str
    people: int
    cancelled_why: str
    version: int
    items: tuple[ItemRow, ...] = ()


@query(RUN_GROUPS)
def meetings(scope: Scope, page: int = 1, *, past: bool = False) -> Page[MeetingRow]:
    """Meetings still to be written up, the soonest first; with `past` those that took place or were cancelled."""
    return planned_or_past(_meetings(scope), _row, page, past=past)


@query(RUN_GROUPS, opening=True)
def meeting(scope: Scope, meeting_id: UUID) -> MeetingRow:
    """One meeting with whom it was about. What was said is on each person's own part. Raises NotFound."""
    found = _meetings(scope).filter(pk=meeting_id).first()
    if found is None:
        raise NotFound
    # Somebody kept apart is on no list: their part is on their own record.
    rows = _items(scope).filter(meeting_id=meeting_id).exclude(person_id__in=kept_apart_ids(scope)).order_by("pk")
    items = tuple(_item(each) for each in rows)
    audit.record_opening(scope, "meeting", meeting_id)
    return _row(found, items)


@query(RUN_GROUPS, opening=True)
def meeting_item(scope: Scope, item_id: UUID) -> ItemRow:
    """One person's part, and of nobody else. Raises NotFound."""
    found = _items(scope).filter(pk=item_id).first()
    if found is None:
        raise NotFound
    audit.record_opening(scope, "meeting_item", item_id, person_id=found.person_id)
    return _item(found)


def _meetings(scope: Scope) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(organisation_id=scope.organisation_id)
    return rows.annotate(people=Count("items__person", distinct=True))


def _items(scope: Scope) -> QuerySet[MeetingItem]:
    return MeetingItem.objects.filter(organisation_id=scope.organisation_id).select_related(
        "person", "owner", "meeting"
    )


def _item(row: MeetingItem) -> ItemRow:
    person = row.person
    return ItemRow(
        id=row.pk,
        meeting_id=row.meeting_id,
        meeting_title=row.meeting.title,
        met_at=row.meeting.starts_at,
        person_id=row.person_id,
        person_name=like_it(person.preferred_name, person.given_name, person.family_name),
        said=row.said,
        action=row.action,
        owner=row.owner.name if row.owner else row.owner_name,
        due_on=row.due_on,
    )


def _row(row: Meeting, items: tuple[ItemRow, ...] = ()) -> MeetingRow:
    counted: dict[str, int] = row.__dict__
    gone = row.state == "planned" and row.starts_at <= clock.now()
    return MeetingRow(
        id=row.pk,
        title=row.title,
        place=row.place,
        starts_at=row.starts_at,
        attended=row.attended,
        state=row.state,
        state_words="to be written up" if gone else row.moves.words[row.state],
        people=counted["people"],
        cancelled_why=row.cancelled_why,
        version=row.version,
        items=items,
    )
