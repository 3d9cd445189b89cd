"""Ending support, and opening it again."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.casework import closing as registry
from linkwell.casework import reached
from linkwell.casework.actions.parts import (
    acting_user,
    answer_by,
    lock_case,
    lock_open_case,
    supported_by,
    where_it_stands,
)
from linkwell.casework.actions.pausing import end_pause
from linkwell.casework.actions.telling import tell_referrers
from linkwell.casework.case_tasks import WHILE_SUPPORTED, finish_tasks
from linkwell.casework.details import ClosingDetails, ToldAgreements
from linkwell.casework.endings import AFTER_TRIES, ENDINGS, NOT_COUNTED
from linkwell.casework.models import Case, ClosingReason, Goal
from linkwell.casework.permissions import DECIDE_ENDINGS, WRITE_CASES
from linkwell.casework.queries.reaching import facts_of, lead_must_decide
from linkwell.core import states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people import actions as people
from linkwell.people import queries as people_read
from linkwell.people.queries import check_alive

SUPPORTED_AGAIN = "This person is already supported by the team again."
GOAL_ENDS = frozenset({"reached", "partly", "set_aside"})
_FIELDS = (
    "closed_at",
    "closed_by",
    "closing_reason",
    "closing_answer",
    "closing_note",
    "what_did_not_work",
    "still_open_note",
    "next_date",
    "next_step",
)


@action(WRITE_CASES)
def close(*, scope: Scope, case_id: UUID, expected_version: int, closing: ClosingDetails) -> None:
    """End support. Raises Invalid for what the reason asks for and is missing, for what a lead has to decide, and
    while something is open and `still_open_note` does not say what becomes of it."""
    acting_user(scope)
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    refuse_what_is_missing(scope, case, closing.reason, closing.answer)
    if not scope.may(DECIDE_ENDINGS) and lead_must_decide(scope, case, closing.reason):
        raise Invalid({"reason": "Your lead decides this one. Ask them to end support."})
    end_support(scope, case, closing)


def end_support(scope: Scope, case: Case, closing: ClosingDetails) -> None:
    """End the support of a locked, open case. Called inside an action that has seen to it that it may end."""
    if registry.still_open(scope, case.pk) and not closing.still_open_note.strip():
        raise Invalid({"still_open_note": "Something is still open. Say what will become of it."})
    _settle_goals(scope, case, closing)
    case.closed_at, case.closed_by_id = clock.now(), acting_user(scope)
    case.closing_reason, case.closing_note = closing.reason, closing.note.strip()
    case.closing_answer = closing.answer.strip()
    case.what_did_not_work = closing.what_did_not_work.strip()
    case.still_open_note = closing.still_open_note.strip()
    case.next_date, case.next_step = None, ""
    why = str(ClosingReason(closing.reason).label)
    states.move(
        scope=scope,
        row=case,
        to="closed",
        reason=closing.reason,
        fields=(*end_pause(scope, case), *_FIELDS),
        line=timeline.Line(case.person_id, "support", f"Support ended: {why.lower()}."),
        person_id=case.person_id,
    )
    finish_tasks(scope, case, *WHILE_SUPPORTED)
    if case.referral_id is not None and closing.reason not in NOT_COUNTED:
        tell_referrers(scope, case, "closed")


def refuse_what_is_missing(scope: Scope, case: Case, reason: str, answer: str) -> None:
    """Raises Invalid for a reason that is none, or that asks for something nobody has said or done yet."""
    if reason not in ENDINGS:
        raise Invalid({"reason": "Choose why support ends."})
    if ENDINGS[reason].question and not answer.strip():
        raise Invalid({"answer": f"{ENDINGS[reason].missing}."})
    if reason == ClosingReason.DIED and not people_read.has_died(scope, case.person_id):
        raise Invalid({"reason": "Record the death first, on the person’s page. It stops messages and appointments."})
    spoken = case.first_spoken_at is not None
    if reason == ClosingReason.NOT_REACHED and spoken:
        raise Invalid({"reason": "You have spoken with them. Choose “We lost touch”."})
    if reason == ClosingReason.LOST_TOUCH and not spoken:
        raise Invalid({"reason": "Nobody has spoken with them yet. Choose “Could not be reached”."})
    if reason in AFTER_TRIES:
        facts, _ = facts_of(scope, case)
        outcome = reached.decide(facts)
        if not outcome.enough:
            raise Invalid({"reason": " ".join(outcome.missing)})


@action(WRITE_CASES)
def reopen(*, scope: Scope, case_id: UUID, expected_version: int, reason: str) -> None:
    """Open support again soon after its end (a rule of the team), with its worker or the one who asks.

    Later: a new referral.
    """
    user = acting_user(scope)
    if not reason.strip():
        raise Invalid({"reason": "Say why support starts again."})
    case = lock_case(scope, case_id, expected_version=expected_version)
    if case.closed_at is None:
        raise InvalidMove("Support has not ended.")
    check_alive(scope, case.person_id)
    days = accounts.rules(case.team_id).reopen_within_days
    if clock.today() > last_day_to_reopen(case.closed_at, days):
        raise InvalidMove(f"It ended more than {words.counted(days, 'day')} ago. Start again with a new referral.")
    if supported_by(scope, case.team_id, case.person_id):
        raise InvalidMove(SUPPORTED_AGAIN)
    case.closed_at = case.closed_by = None
    # Somebody who has left would have them on a list that nobody reads.
    here = {each.user_id for each in accounts.team_workers(scope, case.team_id)}
    case.worker_id = case.worker_id if case.worker_id in here else user
    case.next_date = answer_by(accounts.team(case.team_id), clock.today())
    case.next_step = "Talk again"
    try:
        with transaction.atomic():
            states.move(
                scope=scope,
                row=case,
                to=where_it_stands(case),
                reason=reason.strip(),
                fields=("closed_at", "closed_by", "worker", "next_date", "next_step"),
                line=timeline.Line(case.person_id, "support", "Support started again."),
                person_id=case.person_id,
            )
    except IntegrityError:
        # A referral of theirs was accepted at the same moment.
        raise InvalidMove(SUPPORTED_AGAIN) from None


def last_day_to_reopen(closed_at: dt.datetime, days: int) -> dt.date:
    """The last UK day on which support can be opened again, where a team gives it so many days."""
    return clock.london(closed_at).date() + dt.timedelta(days=days)


def _settle_goals(scope: Scope, case: Case, closing: ClosingDetails) -> None:
    """Mark each goal as the person says it ended; a goal nobody spoke of stays as it is."""
    mine = {
        goal.pk: goal
        for goal in Goal.objects.select_for_update(of=("self",)).filter(
            organisation_id=scope.organisation_id, need__plan__case_id=case.pk, ended_at=None, need__ended_at=None
        )
    }
    for goal_id, state in closing.goals:
        goal = mine.get(goal_id)
        if goal is None or state not in GOAL_ENDS:
            raise Invalid({"goals": "Choose reached, partly reached or set aside for each goal."})
        if goal.state == state:
            continue
        if goal.state != "open" and state not in goal.moves.allowed[goal.state]:
            states.move(scope=scope, row=goal, to="open", person_id=case.person_id)
        states.move(scope=scope, row=goal, to=state, person_id=case.person_id)


@action(WRITE_CASES)
def record_who_may_hear(*, scope: Scope, case_id: UUID, answers: ToldAgreements) -> None:
    """What the person said about others hearing: the referrer, and the GP practice. What was not asked is not recorded.

    Told "in touch" at once when they agree after the first conversation.
    """
    case = lock_case(scope, case_id)
    asked = {
        "tell_in_touch": answers.referrer_in_touch,
        "tell_closed": answers.referrer_closed,
        "tell_gp": answers.gp_summary,
    }
    given = {subject: answer for subject, answer in asked.items() if answer is not None}
    if not given:
        raise Invalid({"": "Choose an answer to at least one question."})
    for subject, answer in given.items():
        people.record_agreement(
            scope=scope,
            person_id=case.person_id,
            subject=subject,
            answer="agreed" if answer else "objected",
            how=answers.how,
            asked_alone=answers.asked_alone,
            interpreted_by=answers.interpreted_by,
        )
    if case.referral_id is not None and case.first_spoken_at is not None and answers.referrer_in_touch:
        tell_referrers(scope, case, "in_touch")
