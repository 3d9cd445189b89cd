"""What the team and Linkwell itself do about answers that came, or did not."""

import datetime as dt
from uuid import UUID

from linkwell.casework.models import Case, ClosingReason
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.periodic import one_by_one
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging.actions import post_to_thread
from linkwell.onward.actions.parts import answer_by, close_links, lock_onward, task_for_worker, write_to_group
from linkwell.onward.actions.referring import take_back
from linkwell.onward.models import OnwardReferral
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.people import queries as people
from linkwell.people.models import Agreement
from linkwell.tasks.actions import finish_tasks_about

# Endings after which a group must not go on expecting somebody, or ask whether they came.
NOBODY_COMES = frozenset({ClosingReason.DIED, ClosingReason.NO_LONGER_WANTS, ClosingReason.OPENED_IN_ERROR})
STILL_GOING = ("sent", "asked", "waiting_list", "accepted", "did_not_come")


@action(REFER_ONWARD)
def reply_to_group(*, scope: Scope, onward_id: UUID, expected_version: int, text: str) -> None:
    """Answer the group's question. It is their turn again, with a new day by which an answer is hoped for."""
    row = lock_onward(scope, onward_id, expected_version=expected_version)
    post_id = post_to_thread(
        scope=scope, about_kind="onward_referral", about_id=row.pk, text=text, author_name=scope.actor_name
    )
    if row.state == "asked":
        row.overdue_on = row.next_date = answer_by(row, clock.today())
        states.move(scope=scope, row=row, to="sent", fields=("overdue_on", "next_date"), person_id=row.person_id)
    finish_tasks_about(scope=scope, about_id=row.pk, kind="onward_answer")
    write_to_group(scope, row, "group_message", f"message:{post_id}")


@action(REFER_ONWARD)
def end(*, scope: Scope, onward_id: UUID, expected_version: int) -> None:
    """It has run its course. The group's links are closed."""
    finish(scope, lock_onward(scope, onward_id, expected_version=expected_version))


def finish(scope: Scope, row: OnwardReferral) -> None:
    """The one way an onward referral ends, whoever decides it."""
    row.next_date = None
    line = timeline.Line(row.person_id, "onward", f"Finished: {row.service.name}")
    states.move(scope=scope, row=row, to="ended", line=line, fields=("next_date",), person_id=row.person_id)
    close_links(row)


@action(REFER_ONWARD)
def mark_overdue(*, scope: Scope) -> int:
    """Silence comes back as a task for the worker and one reminder to the group; how many there were.

    So does a waiting list whose weeks have gone by.
    """
    today = clock.today()
    going = OnwardReferral.objects.select_related("service", "case").filter(organisation_id=scope.organisation_id)
    waited = going.filter(state="waiting_list", next_date__lt=today)
    _wait_is_over.over(scope, list(waited.values_list("pk", flat=True)))
    silent = list(going.filter(state__in=["sent", "asked"], overdue_on__lt=today).values_list("pk", flat=True))
    _silence.over(scope, silent)
    audit.record(scope, "looked_for_overdue", "onward_referral", None)
    return len(silent)


def _one(scope: Scope, onward_id: UUID) -> OnwardReferral:
    rows = OnwardReferral.objects.select_related("service", "case")
    return rows.get(organisation_id=scope.organisation_id, pk=onward_id)


@one_by_one
def _wait_is_over(scope: Scope, onward_id: UUID) -> None:
    row = _one(scope, onward_id)
    task_for_worker(scope, row, "onward_waiting", f"Ask {row.service.name}: the wait they named is over")


@one_by_one
def _silence(scope: Scope, onward_id: UUID) -> None:
    row = _one(scope, onward_id)
    task_for_worker(scope, row, "onward_overdue", f"No answer yet from {row.service.name}", urgent=True)
    if row.state == "sent":
        write_to_group(scope, row, "group_reminder", f"reminder:{row.overdue_on.isoformat()}")


@action(REFER_ONWARD)
def ask_who_came(*, scope: Scope) -> int:
    """A week after the date a group gave, ask it once whether the person came; how many there were.

    Where the group still says nothing, the worker is asked to find out: a yes is not an attendance.
    """
    due = OnwardReferral.objects.select_related("service", "case").filter(
        organisation_id=scope.organisation_id, state="accepted", next_date__lte=clock.today()
    )
    rows = list(due.values_list("pk", flat=True))
    _ask_group.over(scope, rows)
    audit.record(scope, "asked_who_came", "onward_referral", None, fields=("next_date",))
    return len(rows)


@one_by_one
def _ask_group(scope: Scope, onward_id: UUID) -> None:
    row = _one(scope, onward_id)
    if not write_to_group(scope, row, "group_attendance", "attendance"):
        task_for_worker(scope, row, "onward_attendance", f"Find out whether they came to {row.service.name}")
    row.next_date = clock.today() + dt.timedelta(days=7)
    row.save(update_fields=["next_date"])


@action(REFER_ONWARD)
def stop_for_withdrawn_agreement(*, scope: Scope, agreement_id: UUID) -> None:
    """The person changed their mind: whatever is under way on the strength of it stops, and the worker is told."""
    said = Agreement.objects.filter(organisation_id=scope.organisation_id, pk=agreement_id).first()
    audit.record(scope, "looked_at_withdrawal", "agreement", agreement_id)
    if said is None or said.subject not in {"refer_onward", "support"}:
        return
    rows = OnwardReferral.objects.filter(
        organisation_id=scope.organisation_id,
        person_id__in=people.resolved_ids(scope, said.person_id),
        state__in=[*STILL_GOING, "attended"],
    )
    if said.object_id is not None:
        rows = rows.filter(pk=said.object_id)
    for onward_id in list(rows.values_list("pk", flat=True)):
        row = lock_onward(scope, onward_id)
        if row.state == "attended":
            # They have been there: nothing to take back, and nothing more for the group to read.
            finish(scope, row)
            continue
        take_back(scope, row, "The person changed their mind")
        task_for_worker(scope, row, "onward_stopped", f"Taken back from {row.service.name}: they changed their mind")


@action(REFER_ONWARD)
def stop_for_ended_support(*, scope: Scope, case_id: UUID) -> None:
    """Nobody is expected any more: the groups hear only that it is no longer needed, and are asked nothing further."""
    audit.record(scope, "looked_at_ending", "case", case_id)
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).first()
    if case is None or case.closing_reason not in NOBODY_COMES:
        return
    rows = OnwardReferral.objects.filter(
        organisation_id=scope.organisation_id, case_id=case_id, state__in=[*STILL_GOING, "attended"]
    )
    for onward_id in list(rows.values_list("pk", flat=True)):
        row = lock_onward(scope, onward_id)
        if "withdrawn" in row.moves.allowed[row.state]:
            take_back(scope, row, "Support has ended")
        else:
            end(scope=scope, onward_id=row.pk, expected_version=row.version)
