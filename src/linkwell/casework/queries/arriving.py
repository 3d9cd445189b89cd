"""Where a referral may go when its person is known: the support they have, or had until lately."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case, JoinedReferral
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.queries.together import may_meet
from linkwell.casework.rows import CaseRow
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock, postcode
from linkwell.people import queries as people
from linkwell.referrals import queries as referrals
from linkwell.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Known:
    """Support a referral can join: going on, or ended so lately that it may start again."""

    case: CaseRow
    is_open: bool


@query(SEE_CASES)
def support_to_join(scope: Scope, referral_id: UUID) -> tuple[Known, ...]:
    """Support by the referral's team of those somebody said are the same person; what goes on comes first."""
    same = [person_id for person_id, said in referrals.decisions_on(scope, referral_id).items() if said]
    team_id = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).values_list("team_id")
    records = {record for person_id in same for record in people.resolved_ids(scope, person_id)}
    if not records:
        return ()
    rows = Case.objects.select_related("person", "worker").filter(
        organisation_id=scope.organisation_id, team_id__in=team_id, person_id__in=records
    )
    going_on = [each for each in rows if each.state != "closed"]
    if going_on:
        return tuple(Known(CaseRow.of(each), is_open=True) for each in going_on)
    lately = [each for each in rows if _may_start_again(each)]
    newest = sorted(lately, key=lambda each: each.opened_at, reverse=True)[:1]
    return tuple(Known(CaseRow.of(each), is_open=False) for each in newest)


def _may_start_again(case: Case) -> bool:
    if case.closed_at is None or case.closing_reason in ("died", "in_error", "transferred"):
        return False
    days = dt.timedelta(days=accounts.rules(case.team_id).reopen_within_days)
    return clock.today() <= clock.london(case.closed_at).date() + days


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """A referral that joined support: its reference, who sent it, and when."""

    referral_id: UUID
    reference: str
    sender: str
    received_at: dt.datetime


@query(SEE_CASES)
def joined_to(scope: Scope, case_id: UUID) -> tuple[JoinedRow, ...]:
    """Referrals that joined this support, the newest first."""
    rows = (
        JoinedReferral.objects.select_related("referral__sender_organisation")
        .filter(organisation_id=scope.organisation_id, case_id=case_id)
        .order_by("-created_at")
    )
    return tuple(
        JoinedRow(row.referral_id, row.referral.reference, _sender(row.referral), row.referral.received_at)
        for row in rows
    )


@query(SEE_CASES)
def earlier_support(scope: Scope, case_id: UUID) -> tuple[CaseRow, ...]:
    """Every time this person was supported here before this one began, the newest first."""
    here = Case.objects.filter(organisation_id=scope.organisation_id)
    found = here.filter(pk=case_id).values_list("person_id", "opened_at").first()
    if found is None:
        return ()
    person_id, opened_at = found
    rows = here.filter(person_id__in=people.resolved_ids(scope, person_id), opened_at__lt=opened_at, state="closed")
    return tuple(CaseRow.of(each) for each in rows.select_related("person", "worker").order_by("-opened_at")[:10])


@query(SEE_CASES)
def moved_to(scope: Scope, case_id: UUID) -> str:
    """The postcode district they live in now, where it is another than when they were referred; else ""."""
    rows = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id)
    columns = rows.values_list("person_id", "referral__postcode", "person__postcode").first()
    if columns is None or not columns[1] or people.kept_apart(scope, columns[0]):
        return ""
    then, now = (_district(each) for each in columns[1:])
    return now if then and now != then else ""


def _district(code: str) -> str:
    return postcode.parse(code).outward if postcode.problem(code) is None else ""


def _sender(referral: Referral) -> str:
    if referral.source == "self":
        return "The person themselves"
    organisation = referral.sender_organisation.name if referral.sender_organisation else ""
    return ", ".join(part for part in (referral.referrer_name, organisation) if part) or "Somebody"


@query(SEE_CASES)
def referred_together(scope: Scope, case_id: UUID) -> CaseRow | None:
    """The support of the other person whom the request of this case named, if it was accepted.

    None until both, asked alone, agreed that their pages may name each other; and for somebody kept apart.
    """
    rows = Case.objects.select_related("person", "worker", "referral__named_with")
    other = rows.filter(organisation_id=scope.organisation_id, referral__named_with__case__pk=case_id).first()
    first = other.referral.named_with if other is not None and other.referral is not None else None
    if other is None or first is None or first.person_id is None:
        return None
    return CaseRow.of(other) if may_meet(scope, first.person_id, other.person_id) else None
