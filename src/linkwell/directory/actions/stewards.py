"""Who keeps a listing for its group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.room import locked
from linkwell.directory.models import ListingClaim, Steward
from linkwell.directory.permissions import ASK_TO_KEEP, DECIDE_LISTING, KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

DAYS_TO_LOOK = 3


@dataclass(frozen=True, slots=True)
class ClaimDecided:
    """What a keeper decided: the service, whom to tell, and the steward where they were let in."""

    service_id: UUID
    email: str
    steward_id: UUID | None


@action(KEEP_LISTING)
def take_over(*, scope: Scope, service_id: UUID, email: str, name: str) -> UUID:
    """Somebody who opened a link sent to the listing's own address keeps it from now on. Said twice, it is one."""
    row = locked(scope, service_id)
    return _let_in(scope, row.pk, email, name, None)


def _let_in(scope: Scope, service_id: UUID, email: str, name: str, by: UUID | None) -> UUID:
    steward, added = Steward.objects.get_or_create(
        organisation_id=scope.organisation_id,
        service_id=service_id,
        email=email.lower(),
        ended_at=None,
        defaults={"name": name.strip()[:80], "let_in_by_id": by},
    )
    audit.record(scope, "let_in" if added else "found", "steward", steward.pk, fields=("email",))
    return steward.pk


@action(ASK_TO_KEEP)
def ask_to_keep(*, scope: Scope, service_id: UUID, email: str, name: str, words: str) -> UUID:
    """Somebody whose address the listing does not know asks to keep it. Asked twice, it is one claim."""
    problems = {}
    if not name.strip() or len(name) > 80:
        problems["name"] = "Enter your name."
    if not words.strip() or len(words) > 500:
        problems["words"] = "Say in a few words what you do in the group."
    if problems:
        raise Invalid(problems)
    row = locked(scope, service_id)
    earlier = ListingClaim.objects.filter(service=row, email=email.lower(), state="waiting").first()
    if earlier is not None:
        audit.record(scope, "asked_again", "listing_claim", earlier.pk)
        return earlier.pk
    claim = ListingClaim(
        organisation_id=row.organisation_id,
        service=row,
        email=email.lower(),
        name=name.strip(),
        words=words.strip(),
        next_date=clock.today() + dt.timedelta(days=DAYS_TO_LOOK),
        state="waiting",
    )
    states.begin(scope=scope, row=claim)
    return claim.pk


@action(DECIDE_LISTING)
def decide_claim(*, scope: Scope, claim_id: UUID, expected_version: int, let_in: bool, why: str = "") -> ClaimDecided:
    """A keeper has checked, on the telephone or in person, and lets somebody in or does not."""
    claim = states.lock(ListingClaim, claim_id, expected_version=expected_version)
    if claim.organisation_id != scope.organisation_id:
        raise NotFound
    claim.next_date, claim.decided_by_id = None, scope.user_id
    to = "let_in" if let_in else "turned_down"
    states.move(scope=scope, row=claim, to=to, reason=why[:300], fields=("next_date", "decided_by"))
    steward_id = _let_in(scope, claim.service_id, claim.email, claim.name, scope.user_id) if let_in else None
    return ClaimDecided(claim.service_id, claim.email, steward_id)


@action(DECIDE_LISTING)
def end_keeping(*, scope: Scope, steward_id: UUID) -> UUID:
    """Somebody no longer keeps the listing. Gives the service's id."""
    row = Steward.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=steward_id).first()
    if row is None:
        raise NotFound
    row.ended_at = row.ended_at or clock.now()
    row.save(update_fields=["ended_at"])
    audit.record(scope, "ended", "steward", row.pk, fields=("ended_at",))
    return row.service_id
