"""Handing somebody over to another organisation: offered, accepted, declined or taken back.

What goes along is a copy that the other organisation holds from then on. Until they accept, the person is ours.
"""

from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts import queries as accounts
from linkwell.casework import closing as registry
from linkwell.casework import parts_along
from linkwell.casework.actions.parts import acting_user, lock_case, lock_open_case
from linkwell.casework.actions.telling import tell_referrers
from linkwell.casework.case_tasks import WHILE_SUPPORTED, finish_tasks, task_about
from linkwell.casework.details import HandOverDetails
from linkwell.casework.models import Case, HandOver, HandOverReason, Pause
from linkwell.casework.models.handovers import KINDS
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, states, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock, working_days
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people import dying
from linkwell.people import queries as people_read
from linkwell.people.actions import note_stopped
from linkwell.people.models import Agreement
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries
from linkwell.tasks import actions as tasks

ANSWERED_TASK = "hand_over_answered"
SILENT_TASK = "hand_over_silent"
# How the other organisation's decision about the referral ends the offer.
_ENDS = {"accepted": "accepted", "joined": "accepted", "declined": "declined"}


@submissions.second_sending_finds_the_first
@action(WRITE_CASES)
def offer_hand_over(*, scope: Scope, case_id: UUID, submission_key: UUID, offer: HandOverDetails) -> UUID:
    """Offer another organisation in a shared network to support this person from now on.

    Raises Invalid without the person's agreement, or where something open here is not accounted for; InvalidMove
    while another offer waits.
    """
    user = acting_user(scope)
    before = submissions.earlier(scope, submission_key)
    if before is not None:
        audit.record(scope, "sent again", "hand_over", before)
        return before
    case = lock_open_case(scope, case_id)
    team = _team_to_ask(scope, offer.to_team_id)
    _check(scope, case, offer)
    row_id = submissions.remember(scope, submission_key, new_id())
    people.record_agreement(
        scope=scope,
        person_id=case.person_id,
        subject="hand_over",
        answer="agreed",
        how=offer.how,
        asked_alone=offer.asked_alone,
        agreed_by=offer.agreed_by,
        interpreted_by=offer.interpreted_by,
        object_id=row_id,
    )
    sent = referrals.send_referral(
        scope=scope,
        team=team,
        submission_key=row_id,
        details=parts_along.details(scope, case, offer.why.strip()),
        came_along=parts_along.copies(scope, case, offer.parts),
        hand_over=True,
    )
    days = accounts.rules(case.team_id).hand_over_working_days
    row = HandOver(
        pk=row_id,
        organisation_id=scope.organisation_id,
        state="offered",
        case=case,
        person_id=case.person_id,
        to_team_id=team.id,
        referral_id=sent.referral_id,
        reference=sent.reference,
        reason=offer.reason,
        why=offer.why.strip(),
        parts=list(offer.parts),
        still_open_note=offer.still_open_note.strip(),
        offered_by_id=user,
        offered_at=clock.now(),
        next_date=working_days.add_working_days(clock.today(), days, working_days.Nation(team.nation)),
    )
    line = timeline.Line(case.person_id, "support", f"{team.organisation_name} asked to support them from now on.")
    states.begin(scope=scope, row=row, line=line, person_id=case.person_id)
    return row.pk


def _team_to_ask(scope: Scope, team_id: UUID) -> accounts.TeamRow:
    for team in accounts.teams_in_networks_with(scope.organisation_id):
        if team.id == team_id:
            return team
    raise Invalid({"to_team": "Choose a team of an organisation you share a network with."})


def _check(scope: Scope, case: Case, offer: HandOverDetails) -> None:
    problems = {}
    if not offer.agreed:
        problems["agreed"] = "They have to agree first, and to what goes along."
    if offer.reason not in HandOverReason.values:
        problems["reason"] = "Choose why."
    if not offer.why.strip():
        problems["why"] = "Say what the other team needs to know to decide."
    if not set(offer.parts) <= set(KINDS):
        problems["parts"] = "Choose what goes along."
    if registry.still_open(scope, case.pk) and not offer.still_open_note.strip():
        problems["still_open_note"] = "Something is still open. Say what will become of it."
    if people_read.kept_apart(scope, case.person_id):
        problems[""] = "This record is restricted. Phone the other team, and agree together how they take over."
    if problems:
        raise Invalid(problems)
    if HandOver.objects.filter(organisation_id=scope.organisation_id, case=case, state="offered").exists():
        raise InvalidMove("They have been offered to another team already. Take that back first.")


@action(WRITE_CASES)
def take_back_hand_over(*, scope: Scope, hand_over_id: UUID, expected_version: int, reason: str) -> None:
    """Take an offer back before it was answered. Raises InvalidMove once it was, Invalid without a reason."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it is taken back."})
    row = _locked(scope, hand_over_id, expected_version)
    _take_back(scope, row, reason.strip())


def _take_back(scope: Scope, row: HandOver, reason: str) -> None:
    row.next_date, row.decided_at = None, clock.now()
    states.move(
        scope=scope,
        row=row,
        to="withdrawn",
        reason=reason,
        fields=("next_date", "decided_at"),
        line=timeline.Line(row.person_id, "support", "The offer to another organisation was taken back."),
        person_id=row.person_id,
    )
    referrals.take_back(scope=scope, referral_id=row.referral_id, reason="taken back by whoever offered")
    _no_longer_silent(scope, row)


@action(WRITE_CASES)
def stop_with_support(*, scope: Scope, case_id: UUID) -> None:
    """Support ended otherwise (also by a death): nobody is offered any more. Safe to repeat."""
    audit.record(scope, "looked at hand-overs", "case", case_id)
    for row in _offered(scope).filter(case_id=case_id):
        _take_back(scope, row, "support ended")


@action(WRITE_CASES)
def stop_with_death(*, scope: Scope, death_id: UUID) -> None:
    """They have died, confirmed or not: nobody is offered any more. The other team hears only "taken back"."""
    audit.record(scope, "looked_at_death", "death", death_id)
    told = people_read.death_told(scope, death_id)
    if told is None:
        return
    for row in _offered(scope).filter(person_id__in=told[2]):
        _take_back(scope, row, "They have died")
        note_stopped(scope, death_id, row.person_id, "hand_over", row.pk, "offered")


@action(WRITE_CASES)
def stop_with_agreement(*, scope: Scope, agreement_id: UUID) -> None:
    """The person changed their mind: what was offered is taken back, and the worker is told. Safe to repeat."""
    audit.record(scope, "looked_at_withdrawal", "agreement", agreement_id)
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    if said is None or said.subject not in ("hand_over", "support"):
        return
    for row in _offered(scope).filter(person_id__in=people_read.resolved_ids(scope, said.person_id)):
        _take_back(scope, row, "the person changed their mind")
        _ask_worker(scope, lock_case(scope, row.case_id), row, "They no longer want to be handed over: talk with them")


def _offered(scope: Scope) -> QuerySet[HandOver]:
    rows = HandOver.objects.select_for_update(of=("self",))
    return rows.filter(organisation_id=scope.organisation_id, state="offered")


@action(WRITE_CASES)
def carry_answer_back(*, scope: Scope, referral_id: UUID) -> None:
    """What we decided about a person offered to us reaches the organisation that offered them. Safe to repeat."""
    answer = referral_queries.hand_over_answer(scope, referral_id)
    if answer is None or answer[1] not in _ENDS:
        audit.record(scope, "nothing to carry", "referral", referral_id)
        return
    theirs = system_scope(answer[0], "another organisation answered an offer of ours")
    with handed_over(theirs):
        _settle(theirs, referral_id, _ENDS[answer[1]], answer[2])
    audit.record(scope, "carried back", "referral", referral_id)


def _settle(scope: Scope, referral_id: UUID, to: str, told: str) -> None:
    row = (
        HandOver.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, referral_id=referral_id, state="offered")
        .first()
    )
    if row is None:
        return
    row.next_date, row.decided_at, row.answer = None, clock.now(), told
    team = accounts.team(row.to_team_id)
    accepted = to == "accepted"
    words = f"{team.organisation_name} {'supports them from now on' if accepted else 'could not take them'}."
    states.move(
        scope=scope,
        row=row,
        to=to,
        fields=("next_date", "decided_at", "answer"),
        line=timeline.Line(row.person_id, "support", words),
        person_id=row.person_id,
    )
    case = lock_case(scope, row.case_id)
    if accepted and case.state != "closed":
        _end_here(scope, case, row, team)
    _no_longer_silent(scope, row)
    _tell_worker(scope, case, row, accepted=accepted)


def _end_here(scope: Scope, case: Case, row: HandOver, team: accounts.TeamRow) -> None:
    """Support here ends in the moment another organisation has taken it on."""
    now = clock.now()
    Pause.objects.filter(organisation_id=scope.organisation_id, case=case, ended_at=None).update(ended_at=now)
    case.closed_at, case.closed_by_id = now, row.offered_by_id
    case.closing_reason, case.closing_answer = "transferred", f"{team.name}, {team.organisation_name}"
    case.still_open_note = row.still_open_note
    case.next_date, case.next_step, case.pause_reason, case.paused_until = None, "", "", None
    states.move(
        scope=scope,
        row=case,
        to="closed",
        reason="transferred",
        fields=(
            *("closed_at", "closed_by", "closing_reason", "closing_answer", "still_open_note"),
            *("next_date", "next_step", "pause_reason", "paused_until"),
        ),
        line=timeline.Line(case.person_id, "support", "Support ended: another team supports them now."),
        person_id=case.person_id,
    )
    finish_tasks(scope, case, *WHILE_SUPPORTED)
    tell_referrers(scope, case, "closed")


def _tell_worker(scope: Scope, case: Case, row: HandOver, *, accepted: bool) -> None:
    title = (
        "Accepted by the other team: tell the person, and finish what is still open here"
        if accepted
        else "The other team could not take somebody: they are still with you"
    )
    _ask_worker(scope, case, row, title)


def _ask_worker(scope: Scope, case: Case, row: HandOver, title: str) -> None:
    nation = working_days.Nation(accounts.team(case.team_id).nation)
    due_on = working_days.next_working_day(clock.today(), nation)
    task_about(
        scope, case, owner_id=case.worker_id or row.offered_by_id, kind=ANSWERED_TASK, title=title, due_on=due_on
    )


@action(WRITE_CASES)
def raise_silent_hand_over(*, scope: Scope, hand_over_id: UUID) -> None:
    """No answer by its date: the one who offered is asked to phone. Safe to repeat."""
    found = HandOver.objects.select_related("to_team", "case").select_for_update(of=("self",))
    row = found.filter(organisation_id=scope.organisation_id, pk=hand_over_id, state="offered").first()
    if row is None:
        audit.record(scope, "answered meanwhile", "hand_over", hand_over_id)
        return
    task_about(
        scope,
        row.case,
        owner_id=row.case.worker_id or row.offered_by_id,
        kind=SILENT_TASK,
        title=f"{row.to_team.name} has not answered: phone them about {row.reference}",
        due_on=clock.today(),
    )


def _no_longer_silent(scope: Scope, row: HandOver) -> None:
    tasks.finish_tasks_about(scope=scope, about_id=row.case_id, kind=SILENT_TASK)


def _locked(scope: Scope, hand_over_id: UUID, expected_version: int) -> HandOver:
    row = states.lock(HandOver, hand_over_id, expected_version=expected_version)
    if row.organisation_id != scope.organisation_id:
        raise NotFound
    if row.state != "offered":
        raise InvalidMove("They have answered already.")
    return row


dying.stops(
    "hand_over",
    dying.Kind("An offer to another team was taken back", "Ask them again, and offer them to the other team again."),
)
