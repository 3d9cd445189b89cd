"""Flags of unusual opening, for leads."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linkwell.accounts import unusual
from linkwell.accounts.attention import needs_attention
from linkwell.accounts.models import BrowsingFlag, NetworkMembership, Team
from linkwell.accounts.permissions import RUN_ORGANISATION, SEE_UNUSUAL_OPENING
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page

PAGE = 50


@dataclass(frozen=True, slots=True)
class FlagRow:
    """Somebody opened a record in an unusual way. `opened` is how often, or of how many people."""

    id: UUID
    user_id: UUID
    user_name: str
    reason: str
    person_id: UUID | None
    person_name: str
    day: date
    opened: int
    looked_at: datetime | None
    looked_by_name: str
    note: str

    @property
    def words(self) -> str:
        return unusual.REASON_WORDS[self.reason]


@query(SEE_UNUSUAL_OPENING)
def flags(scope: Scope, page: int = 1, *, looked_at: bool = False) -> Page[FlagRow]:
    """Flags nobody has looked at yet, or those somebody has; the newest first."""
    found = (
        BrowsingFlag.objects.select_related("user", "looked_by")
        .filter(organisation_id=scope.organisation_id, looked_at__isnull=not looked_at)
        .order_by("-day", "-pk")
    )
    start = (page - 1) * PAGE
    rows = list(found[start : start + PAGE + 1])
    people = unusual.facts_of(scope, {row.person_id for row in rows if row.person_id is not None})
    return Page.of([_row(row, people) for row in rows], number=page, size=PAGE, total=found.count())


@query(SEE_UNUSUAL_OPENING)
def flag(scope: Scope, flag_id: UUID) -> FlagRow:
    """Raises NotFound for a flag elsewhere."""
    found = (
        BrowsingFlag.objects.select_related("user", "looked_by")
        .filter(pk=flag_id, organisation_id=scope.organisation_id)
        .first()
    )
    if found is None:
        raise NotFound("We could not find that.")
    people = unusual.facts_of(scope, {found.person_id} if found.person_id is not None else set())
    return _row(found, people)


def _row(row: BrowsingFlag, people: dict[UUID, unusual.PersonFacts]) -> FlagRow:
    person = people.get(row.person_id) if row.person_id is not None else None
    return FlagRow(
        id=row.pk,
        user_id=row.user_id,
        user_name=row.user.name,
        reason=row.reason,
        person_id=row.person_id,
        person_name=person.name if person is not None else "",
        day=row.day,
        opened=row.opened,
        looked_at=row.looked_at,
        looked_by_name=row.looked_by.name if row.looked_by is not None else "",
        note=row.note,
    )


@needs_attention("Records opened in an unusual way", "accounts:opened", permission=SEE_UNUSUAL_OPENING)
def flags_to_look_at(scope: Scope) -> int:
    return BrowsingFlag.objects.filter(organisation_id=scope.organisation_id, looked_at=None).count()


@needs_attention("Teams without a duty person or safeguarding lead", "accounts:teams", permission=RUN_ORGANISATION)
def teams_nobody_answers_for(scope: Scope) -> int:
    complete = Team.objects.filter(
        organisation_id=scope.organisation_id,
        duty_user__is_active=True,
        second_duty_user__is_active=True,
        safeguarding_user__is_active=True,
    )
    return Team.objects.filter(organisation_id=scope.organisation_id).exclude(pk__in=complete).count()


@needs_attention("Sharing agreements due to be looked at again", "accounts:networks", permission=RUN_ORGANISATION)
def agreements_due(scope: Scope) -> int:
    return NetworkMembership.objects.filter(
        organisation_id=scope.organisation_id, left_on=None, network__review_on__lte=clock.today()
    ).count()
