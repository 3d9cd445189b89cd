"""Work of Linkwell itself that did not finish and waits for somebody."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.models import OutboxEvent
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.journey.permissions import UNFINISHED
from linkwell.kernel.pages import Page
from linkwell.messaging.models import Message

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """One piece of work: what set it off, when it was given up, after how many tries, and what went wrong."""

    id: UUID
    event: str
    given_up_at: dt.datetime
    attempts: int
    error: str


@query(UNFINISHED)
def unfinished(scope: Scope, number: int = 1) -> Page[UnfinishedRow]:
    """This organisation's, the newest first."""
    rows = OutboxEvent.objects.filter(organisation_id=scope.organisation_id, failed_at__isnull=False, done_at=None)
    start = (number - 1) * PAGE_SIZE
    fetched = list(
        rows.order_by("-failed_at", "pk").values_list("pk", "event", "failed_at", "attempts", "last_error")[
            start : start + PAGE_SIZE + 1
        ]
    )
    return Page.of(
        [UnfinishedRow(pk, event, at, tries, error) for pk, event, at, tries, error in fetched if at],
        number=number,
        size=PAGE_SIZE,
    )


def unfinished_count(scope: Scope) -> int:
    """Called from inside a query."""
    return OutboxEvent.objects.filter(
        organisation_id=scope.organisation_id, failed_at__isnull=False, done_at=None
    ).count()


def messages_held(scope: Scope) -> int:
    """Messages that did not go and will not go by themselves. Called from inside a query."""
    return Message.objects.filter(
        organisation_id=scope.organisation_id, state__in=["held", "unknown", "bounced"], try_again_at=None
    ).count()
