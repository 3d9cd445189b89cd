"""When somebody has died: their appointments are cancelled, and support ends or waits for the lead to confirm.

Nobody "did not attend". A carer is another person with support of their own, which is not touched.
"""

from uuid import UUID

from django.db.models import F, QuerySet

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.appointments import cancelled_words
from linkwell.casework.actions.parts import answer_by, lock_case, supported_by, where_it_stands
from linkwell.casework.actions.pausing import end_pause
from linkwell.casework.actions.telling import tell_referrers
from linkwell.casework.case_tasks import task_about
from linkwell.casework.models import Appointment, Case, ClosingReason
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people import dying
from linkwell.people import queries as people
from linkwell.people.actions import note_stopped
from linkwell.tasks import actions as tasks

FAMILY_TASK = "death_family"
CONFIRM_TASK = "death_confirm"
DOUBT_TASK = "death_doubt"
MISTAKE_TASK = "death_mistake"
_CLOSED = (
    "closed_at",
    "closed_by",
    "closing_reason",
    "next_date",
    "next_step",
)


@action(WRITE_CASES)
def stop_for_death(*, scope: Scope, death_id: UUID) -> None:
    """Stop what is going on for somebody who has died. Safe to run again; nothing once the death was undone."""
    audit.record(scope, "looked_at_death", "death", death_id)
    told = people.death_told(scope, death_id)
    if told is None:
        return
    details, decided_by, records = told
    _cancel_appointments(scope, death_id, records)
    mine = Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    if details.confirmed:
        _asked_no_more(scope, records, CONFIRM_TASK)
    for case_id in _to_stop(mine, confirmed=details.confirmed):
        case = lock_case(scope, case_id)
        if case.state == "closed":
            if not details.confirmed:
                _ask_the_lead(scope, case)
            continue
        _ask_who_tells_the_family(scope, case)
        if details.confirmed and decided_by is not None:
            _close(scope, case, death_id, decided_by)
        else:
            _ask_the_lead(scope, case)


def _to_stop(cases: QuerySet[Case], *, confirmed: bool) -> list[UUID]:
    """What goes on; where all has ended, the one that ended last: somebody has to say whether it is true."""
    going_on = list(cases.exclude(state="closed").order_by("pk").values_list("pk", flat=True))
    if going_on or confirmed:
        return going_on
    return list(cases.order_by("-closed_at", "pk").values_list("pk", flat=True)[:1])


@action(WRITE_CASES)
def ask_no_more(*, scope: Scope, death_id: UUID) -> None:
    """A death was undone: nobody has to confirm it, nor to agree who speaks with the family. Safe to run again."""
    audit.record(scope, "looked_at_death", "death", death_id)
    records = people.whose_death(scope, death_id)
    if not any(people.has_died(scope, each) for each in records):
        _asked_no_more(scope, records, CONFIRM_TASK, FAMILY_TASK)


def _asked_no_more(scope: Scope, records: tuple[UUID, ...], *kinds: str) -> None:
    mine = Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    for case_id in mine.order_by("pk").values_list("pk", flat=True):
        for kind in kinds:
            tasks.finish_tasks_about(scope=scope, about_id=case_id, kind=kind)


@action(WRITE_CASES)
def told_they_live(*, scope: Scope, person_id: UUID, taken_back: bool) -> None:
    """Whoever told us of a death took it back. `taken_back`: it stands no more, and somebody sees to what it stopped.

    Otherwise a person had confirmed it, and somebody looks again: nothing else changes.
    """
    audit.record(scope, "looked_at_death", "person", person_id, person_id=person_id)
    records = people.resolved_ids(scope, person_id)
    mine = Case.objects.filter(organisation_id=scope.organisation_id, person_id__in=records)
    case = mine.order_by(F("closed_at").desc(nulls_first=True), "-opened_at").first()
    if case is None:
        return
    duty = accounts.team(case.team_id).duty_user_id
    if taken_back:
        _task(scope, case, MISTAKE_TASK, "See to what was stopped by mistake", case.worker_id or duty)
    else:
        _task(scope, case, DOUBT_TASK, "Look again at what we were told", duty)


def _cancel_appointments(scope: Scope, death_id: UUID, records: tuple[UUID, ...]) -> None:
    booked = Appointment.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, person_id__in=records, state="booked"
    )
    for row in booked.order_by("pk"):
        line = timeline.Line(row.person_id, "appointment", cancelled_words(row))
        states.move(scope=scope, row=row, to="cancelled", reason="They have died", line=line, person_id=row.person_id)
        note_stopped(scope, death_id, row.person_id, "appointment", row.pk, "booked")


def _ask_who_tells_the_family(scope: Scope, case: Case) -> None:
    """Once for a case: whoever knew them best is asked first."""
    if tasks.ever_opened(scope, FAMILY_TASK, case.pk):
        return
    team = accounts.team(case.team_id)
    _task(scope, case, FAMILY_TASK, "Agree who speaks with the family", case.worker_id or team.duty_user_id)


def _ask_the_lead(scope: Scope, case: Case) -> None:
    _task(scope, case, CONFIRM_TASK, "Confirm what we were told", accounts.team(case.team_id).duty_user_id)


def _task(scope: Scope, case: Case, kind: str, title: str, owner_id: UUID | None) -> None:
    task_about(scope, case, owner_id=owner_id, kind=kind, title=title, due_on=clock.today())


def _close(scope: Scope, case: Case, death_id: UUID, by: UUID) -> None:
    before = case.state
    case.closed_at, case.closed_by_id, case.closing_reason = clock.now(), by, ClosingReason.DIED
    case.next_date, case.next_step = None, ""
    states.move(
        scope=scope,
        row=case,
        to="closed",
        reason=ClosingReason.DIED,
        fields=(*end_pause(scope, case), *_CLOSED),
        line=timeline.Line(case.person_id, "support", "Support ended: they have died."),
        person_id=case.person_id,
    )
    note_stopped(scope, death_id, case.person_id, "case", case.pk, before)
    tasks.finish_tasks_about(scope=scope, about_id=case.pk, kind=CONFIRM_TASK)
    if case.referral_id is not None:
        tell_referrers(scope, case, "closed")


def bring_back(scope: Scope, case_id: UUID, before: str) -> bool:
    """After a mistake: support goes on with its worker. False where a person has to decide how."""
    case = lock_case(scope, case_id)
    if case.state != "closed" or case.closing_reason != ClosingReason.DIED:
        return False
    here = {each.user_id for each in accounts.team_workers(scope, case.team_id)}
    if case.worker_id not in here or supported_by(scope, case.team_id, case.person_id):
        return False
    case.closed_at, case.closed_by, case.closing_reason = None, None, ""
    case.next_date, case.next_step = answer_by(accounts.team(case.team_id), clock.today()), "Talk again"
    states.move(
        scope=scope,
        row=case,
        to=before if before in case.moves.allowed["closed"] else where_it_stands(case),
        reason="recorded by mistake that they had died",
        fields=("closed_at", "closed_by", "closing_reason", "next_date", "next_step"),
        line=timeline.Line(case.person_id, "support", "Support goes on: they had not died."),
        person_id=case.person_id,
    )
    for kind in (FAMILY_TASK, CONFIRM_TASK):
        tasks.finish_tasks_about(scope=scope, about_id=case.pk, kind=kind)
    return True


dying.stops(
    "case",
    dying.Kind("Support was ended", "Open support again, with a link worker.", "casework:case", bring_back),
)
dying.stops("appointment", dying.Kind("An appointment was cancelled", "Agree a new time with them."))
