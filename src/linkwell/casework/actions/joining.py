"""A referral about somebody the team supports already, or did until lately: a person decides that it joins that."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.accepting import decided_by, record_what_was_told
from linkwell.casework.actions.closing import reopen
from linkwell.casework.actions.parts import acting_user, lock_case
from linkwell.casework.actions.telling import tell_referrers
from linkwell.casework.models import Case, JoinedReferral
from linkwell.casework.permissions import ACCEPT_REFERRALS
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, working_days
from linkwell.kernel.errors import Conflict, NotFound
from linkwell.referrals import actions as referrals
from linkwell.referrals.models import Referral
from linkwell.tasks import actions as tasks

JOINED_TASK = "referral_joined"


@action(ACCEPT_REFERRALS)
def join_referral(*, scope: Scope, referral_id: UUID, expected_version: int, case_id: UUID) -> UUID:
    """Add a referral to the support its person has; support that ended lately starts again. Returns the case.

    The worker is asked to read it. Whoever referred hears what the person agreed that they hear, and nothing about
    support that went on before. Raises Conflict when somebody decided the referral first, InvalidMove when support
    ended too long ago.
    """
    user = acting_user(scope)
    referral = states.lock(Referral, referral_id)
    if referral.organisation_id != scope.organisation_id:
        raise NotFound
    if referral.version != expected_version:
        raise Conflict(decided_by(referral))
    case = lock_case(scope, case_id)
    if case.team_id != referral.team_id:
        raise NotFound
    if case.state == "closed":
        reopen(scope=scope, case_id=case_id, expected_version=case.version, reason="Referred again")
        case = lock_case(scope, case_id)
    record_what_was_told(scope, referral, case.person_id, known=True)
    referrals.mark_joined(
        scope=scope, referral_id=referral_id, expected_version=expected_version, person_id=case.person_id
    )
    joined = JoinedReferral.objects.create(
        organisation_id=scope.organisation_id, case=case, referral=referral, joined_by_id=user
    )
    audit.record(scope, "added", "joined_referral", joined.pk, person_id=case.person_id)
    _ask_worker_to_read(scope, case, referral)
    tell_referrers(scope, case, "in_touch")
    return case.pk


def _ask_worker_to_read(scope: Scope, case: Case, referral: Referral) -> None:
    nation = working_days.Nation(accounts.team(case.team_id).nation)
    tasks.open_task(
        scope=scope,
        team_id=case.team_id,
        owner_id=case.worker_id,
        kind=JOINED_TASK,
        title=f"Referred again: read {referral.reference}, and ask whether whoever referred may hear from us",
        about_kind="referral",
        about_id=referral.pk,
        due_on=working_days.add_working_days(clock.today(), 1, nation),
        urgent=bool(referral.dangers),
        person_id=case.person_id,
    )
