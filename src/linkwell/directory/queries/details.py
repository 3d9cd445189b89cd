"""What only the page of one service shows."""

from __future__ import annotations

from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.fitting import Rule
from linkwell.directory.models import ChangedDates, EligibilityRule, Photograph, RuleKind, SchoolBreak, Service
from linkwell.directory.permissions import SEE_SERVICE
from linkwell.directory.queries.listing import trust_of
from linkwell.directory.queries.rows import PhotographRow, ServiceDetails
from linkwell.directory.times import Different
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


def details_of(row: Service) -> ServiceDetails:
    """Four statements. Called inside a query."""
    today = clock.today()
    different = ChangedDates.objects.filter(service_id=row.pk, last_day__gte=today).order_by("first_day", "pk")
    breaks = SchoolBreak.objects.filter(organisation_id=row.organisation_id, last_day__gte=today)
    rules = EligibilityRule.objects.filter(service_id=row.pk).order_by("kind", "pk")
    pictures = Photograph.objects.filter(service_id=row.pk).order_by("place", "pk").defer("jpeg")
    return ServiceDetails(
        different=tuple(
            Different(
                each.first_day, each.last_day, each.runs, each.starts_at, each.ends_at, each.words, each.session_id
            )
            for each in different
        ),
        breaks=tuple(breaks.order_by("first_day").values_list("first_day", "last_day")),
        rules=tuple(
            Rule(RuleKind(each.kind), tuple(each.values), each.outline, each.must, each.words, each.from_feed)
            for each in rules
        ),
        photographs=tuple(PhotographRow(each.pk, each.alt, each.width, each.height) for each in pictures),
        trust=trust_of(row),
    )


@query(SEE_SERVICE)
def photograph(scope: Scope, photograph_id: UUID) -> bytes:
    """The picture itself, as JPEG. Raises NotFound."""
    found = Photograph.objects.filter(organisation_id=scope.organisation_id, pk=photograph_id).first()
    if found is None:
        raise NotFound
    return bytes(found.jpeg)
