"""The one write the demo needs of its own: members of staff who may be signed in as with one click."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from linkwell.accounts.models import Membership, User

HOURS_A_DAY = Decimal("7.5")


def mark_as_demo(user_id: UUID, *, since: dt.datetime, days_a_week: int = 0) -> None:
    """Only ever called while a database is being made that is then marked as fictional, by `demo.place`.

    `since`: made-up staff were there before the first made-up life began.
    """
    User.objects.filter(pk=user_id).update(demo=True)
    hours = HOURS_A_DAY * days_a_week if days_a_week else None
    Membership.objects.filter(user_id=user_id).update(started_at=since, hours_a_week=hours)
