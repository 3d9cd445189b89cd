"""What only the page of one service shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory.fitting import Offered, Rule
from linkwell.directory.models import ChangedDates, EligibilityRule, Photograph, RuleKind, SchoolBreak, Service
from linkwell.directory.permissions import SEE_SERVICE
from linkwell.directory.queries.listing import trust_of
from linkwell.directory.queries.rows import PhotographRow, ServiceDetails, ServiceRow
from linkwell.directory.queries.same import listings_of
from linkwell.directory.times import Different
from linkwell.kernel import clock
from linkwell.kernel.codes import LANGUAGES
from linkwell.kernel.errors import NotFound

_LANGUAGE_WORDS = {each.code: str(each.plain) for each in LANGUAGES}


def details_of(row: Service) -> ServiceDetails:
    """Four statements. Called inside a query."""
    today = clock.today()
    different = ChangedDates.objects.filter(service_id=row.pk, last_day__gte=today).order_by("first_day", "pk")
    breaks = SchoolBreak.objects.filter(organisation_id=row.organisation_id, last_day__gte=today)
    rules = EligibilityRule.objects.filter(service_id=row.pk).order_by("kind", "pk")
    pictures = Photograph.objects.filter(service__in=listings_of(row.pk)).order_by("place", "pk").defer("jpeg")
    return ServiceDetails(
        different=tuple(
            Different(
                each.first_day, each.last_day, each.runs, each.starts_at, each.ends_at, each.words, each.session_id
            )
            for each in different
        ),
        breaks=tuple(breaks.order_by("first_day").values_list("first_day", "last_day")),
        rules=tuple(rule_of(each) for each in rules),
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


@query(SEE_SERVICE)
def offered(scope: Scope, rows: Iterable[ServiceRow]) -> dict[UUID, Offered]:
    """Whom each of these services is for, as it can be asked: one statement, however many."""
    listed = list(rows)
    rules: dict[UUID, list[Rule]] = defaultdict(list)
    found = EligibilityRule.objects.filter(
        organisation_id=scope.organisation_id, service_id__in=[row.id for row in listed]
    )
    for each in found.order_by("kind", "pk"):
        rules[each.service_id].append(rule_of(each))
    return {
        row.id: Offered(row.minimum_age, row.maximum_age, tuple(rules[row.id]), row.step_free, _languages(row))
        for row in listed
    }


def rule_of(each: EligibilityRule) -> Rule:
    return Rule(RuleKind(each.kind), tuple(each.values), each.outline, each.must, each.words, each.from_feed)


def _languages(row: ServiceRow) -> tuple[str, ...]:
    return tuple(_LANGUAGE_WORDS.get(each, each) for each in row.languages)
