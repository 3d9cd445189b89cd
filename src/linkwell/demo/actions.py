"""The writes the demo needs of its own: staff who may be signed in as with one click, and what a hospital says."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from linkwell.accounts.models import Membership, User
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.actions.feeds import note_heard
from linkwell.hospital.actions.receiving import Item, keep
from linkwell.hospital.models import ListRun
from linkwell.hospital.permissions import RECEIVE
from linkwell.interop.hospital_events import HospitalEvent, to_json
from linkwell.kernel.ids import new_id

HOURS_A_DAY = Decimal("7.5")


def mark_as_demo(user_id: UUID, *, since: dt.datetime, days_a_week: int = 0) -> None:
    """Only ever called while a database is being made that is then marked as fictional, by `demo.place`.

    `since`: made-up staff were there before the first made-up life began.
    """
    User.objects.filter(pk=user_id).update(demo=True)
    hours = HOURS_A_DAY * days_a_week if days_a_week else None
    Membership.objects.filter(user_id=user_id).update(started_at=since, hours_a_week=hours)


@action(RECEIVE)
def say_of_a_hospital(*, scope: Scope, feed_id: UUID, events: Iterable[HospitalEvent]) -> None:
    """What a made-up hospital's lists say, kept like the changes of any list and processed like them."""
    items = [Item("demo", str(new_id()), to_json(event)) for event in events]
    note_heard(scope, feed_id)
    keep(scope, feed_id, items)
    audit.record(scope, "received", "hospital_feed", feed_id)


@action(RECEIVE)
def say_that_lists_came(*, scope: Scope, feed_id: UUID, rows: Mapping[dt.datetime, int]) -> None:
    """When a made-up hospital's lists were written, and how many people each named: other weeks are not known."""
    ListRun.objects.bulk_create(
        ListRun(
            organisation_id=scope.organisation_id,
            feed_id=feed_id,
            file_name="ready-to-go-home.csv",
            content_hash=hashlib.sha256(f"{feed_id} {as_at}".encode()).digest(),
            as_at=as_at,
            read=number,
            loaded=number,
            rejected=0,
        )
        for as_at, number in rows.items()
    )
    audit.record(scope, "loaded", "hospital_feed", feed_id)
