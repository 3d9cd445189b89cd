"""Noticing unusual opening of records from the audit, and what a lead finds out about it.

Nothing is ever blocked: somebody may have to open a neighbour's record tonight.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from linkwell.accounts import unusual
from linkwell.accounts.models import BrowsingFlag, Membership, User, WorkerDetails
from linkwell.accounts.permissions import SEE_UNUSUAL_OPENING
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.core.scope import ActorKind, Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import InvalidMove, NotFound

HOUR = timedelta(hours=1)
# A little more than an hour, so that nothing falls between two rounds of the job.
WINDOW = timedelta(minutes=70)
# One user's newest rows are read by index; more than this within the window is "very many" by any measure.
MOST_ROWS = 1000


def note_unusual_opening(scope: Scope) -> int:
    """Look through what each user opened lately and raise flags; answers how many are new. Safe to run again."""
    with scoped(scope):
        users = set(Membership.objects.filter(organisation_id=scope.organisation_id).values_list("user_id", flat=True))
        emails = {pk: email.lower() for pk, email in User.objects.filter(pk__in=users).values_list("pk", "email")}
        homes = dict(
            WorkerDetails.objects.filter(organisation_id=scope.organisation_id).values_list("user_id", "home_postcode")
        )
        raised = 0
        for user_id in sorted(users):
            opened = _opened_lately(scope, user_id)
            raised += _flag_many(scope, user_id, opened)
            others = frozenset(email for pk, email in emails.items() if pk != user_id)
            raised += _flag_people(scope, user_id, opened, homes.get(user_id, ""), others)
        return raised


def _opened_lately(scope: Scope, user_id: UUID) -> list[tuple[UUID, datetime]]:
    rows = AuditEvent.objects.filter(
        organisation_id=scope.organisation_id,
        actor_id=user_id,
        actor_kind=ActorKind.USER.value,
        verb=audit.OPENED,
        person_id__isnull=False,
    ).order_by("-id")[:MOST_ROWS]
    since = clock.now() - WINDOW
    return [(row.person_id, row.at) for row in rows if row.at >= since and row.person_id is not None]


def _flag_many(scope: Scope, user_id: UUID, opened: list[tuple[UUID, datetime]]) -> int:
    last_hour = {person_id for person_id, at in opened if at >= clock.now() - HOUR}
    if len(last_hour) <= settings.MANY_OPENINGS:
        return 0
    return _raise(scope, user_id, "many", None, len(last_hour))


def _flag_people(
    scope: Scope, user_id: UUID, opened: list[tuple[UUID, datetime]], home: str, colleague_emails: frozenset[str]
) -> int:
    raised = 0
    for person_id, person in unusual.facts_of(scope, {person_id for person_id, _ in opened}).items():
        reason = unusual.reason_to_look(person, home_postcode=home, colleague_emails=colleague_emails)
        if reason:
            raised += _raise(scope, user_id, reason, person_id, sum(each == person_id for each, _ in opened))
    return raised


def _raise(scope: Scope, user_id: UUID, reason: str, person_id: UUID | None, opened: int) -> int:
    """One flag a day for the same thing; the count on it only grows."""
    flag, new = BrowsingFlag.objects.get_or_create(
        organisation_id=scope.organisation_id,
        user_id=user_id,
        reason=reason,
        person_id=person_id,
        day=clock.today(),
        defaults={"opened": opened},
    )
    if new:
        audit.record(scope, "raised", "browsing_flag", flag.pk, person_id=person_id)
    elif flag.opened < opened:
        BrowsingFlag.objects.filter(pk=flag.pk).update(opened=opened)
    return int(new)


@action(SEE_UNUSUAL_OPENING)
def look_at_flag(*, scope: Scope, flag_id: UUID, note: str) -> None:
    """Note what a lead found. Nobody looks at a flag about themselves."""
    flag = (
        BrowsingFlag.objects.select_for_update()
        .filter(pk=flag_id, organisation_id=scope.organisation_id, looked_at=None)
        .first()
    )
    if flag is None:
        raise NotFound("We could not find that.")
    if flag.user_id == scope.user_id:
        raise InvalidMove("Somebody else must look at this one: it is about what you opened.")
    flag.looked_at, flag.looked_by_id, flag.note = clock.now(), scope.user_id, note.strip()
    flag.save(update_fields=["looked_at", "looked_by", "note"])
    audit.record(scope, "looked_at", "browsing_flag", flag.pk, person_id=flag.person_id)
