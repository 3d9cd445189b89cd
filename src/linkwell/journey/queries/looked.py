"""Who has opened the record of a person."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from linkwell.accounts.queries import organisation, user_names
from linkwell.core import audit
from linkwell.core.models import AuditEvent
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.journey.permissions import WHO_LOOKED
from linkwell.kernel import clock
from linkwell.kernel.pages import Page
from linkwell.people import queries as people

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Looked:
    """One person on one day, in one role and for one reason: how often, and when last. Which part is not said."""

    day: dt.date
    last_at: dt.datetime
    actor_kind: str
    name: str
    role: str
    purpose: str
    times: int


@dataclass(frozen=True, slots=True)
class WhoLooked:
    name: str
    organisation: str
    rows: Page[Looked]


@query(WHO_LOOKED, opening=True)
def who_looked(scope: Scope, person_id: UUID, number: int = 1) -> WhoLooked:
    """Openings over all records of this person, the newest day first. Looking here is an opening too."""
    name = people.open_record(scope, person_id)
    rows = (
        AuditEvent.objects.filter(
            organisation_id=scope.organisation_id,
            person_id__in=people.resolved_ids(scope, person_id),
            verb=audit.OPENED,
        )
        .annotate(day=TruncDate("at", tzinfo=clock.LONDON))
        .values("day", "actor_kind", "actor_id", "role", "purpose")
        .annotate(times=Count("pk"), last_at=Max("at"))
        .order_by("-day", "-last_at")
    )
    start = (number - 1) * PAGE_SIZE
    fetched = list(rows[start : start + PAGE_SIZE + 1])
    names = user_names({row["actor_id"] for row in fetched if row["actor_kind"] == "user" and row["actor_id"]})
    looked = [
        Looked(
            day=row["day"],
            last_at=row["last_at"],
            actor_kind=row["actor_kind"],
            name=names.get(row["actor_id"], ""),
            role=row["role"],
            purpose=row["purpose"],
            times=row["times"],
        )
        for row in fetched
    ]
    page = Page.of(looked, number=number, size=PAGE_SIZE)
    return WhoLooked(name, organisation(scope.organisation_id).name, page)
