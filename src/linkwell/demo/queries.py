"""What the player must look up to play a group's part."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.accounts.scopes import staff_scope
from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.directory.models import ListingLink, Service
from linkwell.hospital.models import Stay
from linkwell.onward.models import AnswerLink, OnwardReferral
from linkwell.people.queries import has_died
from linkwell.referrals.models import Referral


def demo_scopes() -> dict[str, Scope]:
    """Each made-up member of staff by name, in their role."""
    held = Membership.objects.filter(user__demo=True, ended_at=None).select_related("user")
    return {
        each.user.name: staff_scope(
            user_id=each.user_id, name=each.user.name, organisation_id=each.organisation_id, role=each.role
        )
        for each in held
    }


def link_of(onward_id: UUID) -> UUID:
    """The link in the e-mail a group was sent."""
    return AnswerLink.objects.filter(onward_referral_id=onward_id, closed_at=None).values_list("pk", flat=True)[0]


def newest_listing_link(service_id: UUID, purpose: str) -> UUID:
    """The newest link of this kind that a group was sent about its listing."""
    rows = ListingLink.objects.filter(service_id=service_id, purpose=purpose, closed_at=None)
    return rows.order_by("-created_at").values_list("pk", flat=True)[0]


def version_of(scope: Scope, onward_id: UUID) -> int:
    with scoped(scope, read_only=True):
        return OnwardReferral.objects.values_list("version", flat=True).get(pk=onward_id)


def referral_version(scope: Scope, referral_id: UUID) -> int:
    with scoped(scope, read_only=True):
        return Referral.objects.values_list("version", flat=True).get(pk=referral_id)


def lives_begun(scope: Scope) -> int:
    """How many made-up lives are here already: each begins with one referral."""
    with scoped(scope, read_only=True):
        return Referral.objects.filter(organisation_id=scope.organisation_id).count()


class Spoken(NamedTuple):
    """Somebody spoken with: who supports them, and the first and the last conversation."""

    case_id: UUID
    worker_id: UUID | None
    first: dt.datetime
    last: dt.datetime


def spoken_with(scope: Scope) -> list[Spoken]:
    """Everybody spoken with who has not died and was asked no questionnaire yet, in the order support began."""
    with scoped(scope, read_only=True):
        cases = Case.objects.filter(organisation_id=scope.organisation_id, responses=None)
        cases = cases.exclude(first_spoken_at=None).exclude(closing_reason="died").order_by("opened_at", "pk")
        rows = cases.values_list("pk", "worker_id", "first_spoken_at", "last_contact_at", "person_id")
        return [
            Spoken(case_id, worker_id, first, last or first)
            for case_id, worker_id, first, last, person_id in rows
            if first is not None and not has_died(scope, person_id)
        ]


def services_by_name(scope: Scope) -> dict[str, tuple[UUID, bool]]:
    """Each service of the directory, and whether it takes referrals."""
    with scoped(scope, read_only=True):
        rows = Service.objects.filter(organisation_id=scope.organisation_id).values_list("name", "pk", "referral_email")
        return {name: (service_id, bool(email)) for name, service_id, email in rows}


def stays_by_visit(scope: Scope) -> dict[str, UUID]:
    """The made-up stays of a hospital by their visit numbers."""
    with scoped(scope, read_only=True):
        return dict(Stay.objects.filter(organisation_id=scope.organisation_id).values_list("visit_number", "pk"))
