"""Small ways to have somebody supported in tests."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from linkwell.accounts.queries import team
from linkwell.casework import actions, queries
from linkwell.casework.details import ConversationDetails
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails
from tests.place import Place


def refer(place: Place, **given: Any) -> UUID:
    """A referral from the practice; returns its id in the team's organisation."""
    words: dict[str, Any] = {
        "given_name": "Joan",
        "family_name": "Pickering",
        "date_of_birth": dt.date(1948, 5, 2),
        "phone": "07700 900123",
        "needs": ("lonely",),
        "why": "She has been on her own since her husband died.",
        "referrer_name": "Dr Ruth Bell",
        "referrer_role": "GP",
    }
    details = ReferralDetails(**(words | given))
    sent = referrals.send_referral(
        scope=place.referrer.scope, team=team(place.team_id), submission_key=uuid4(), details=details
    )
    return sent.referral_id


def accepted(place: Place, worker_id: UUID | None = None, **given: Any) -> UUID:
    """A case: with `worker_id` allocated, without waiting."""
    referral_id = refer(place, **given)
    return actions.accept_referral(
        scope=place.lead.scope, referral_id=referral_id, expected_version=1, worker_id=worker_id
    )


def supported(place: Place, **given: Any) -> UUID:
    """A case the worker has had a first conversation about."""
    case_id = accepted(place, place.worker.user_id, **given)
    talk(place.worker.scope, case_id)
    return case_id


def talk(scope: Scope, case_id: UUID, key: UUID | None = None, **given: Any) -> UUID:
    words: dict[str, Any] = {
        "kind": "phone",
        "outcome": "talked",
        "happened_at": clock.now() - dt.timedelta(minutes=30),
        "note": "She would like company on Tuesdays.",
        "next_date": clock.today() + dt.timedelta(days=14),
    }
    conversation = ConversationDetails(**(words | given))
    return actions.write_up(scope=scope, case_id=case_id, submission_key=key or uuid4(), conversation=conversation)


def version(scope: Scope, case_id: UUID) -> int:
    return queries.case(scope, case_id).version


def a_plan(scope: Scope, case_id: UUID) -> tuple[UUID, UUID, UUID]:
    """A need, a goal and a step on the plan."""
    from linkwell.casework.details import StepDetails

    need = actions.add_need(scope=scope, plan_id=queries.plan(scope, case_id).id, words="I see nobody all week")
    goal = actions.add_goal(scope=scope, need_id=need, words="Have lunch with others", importance=8)
    step = actions.add_step(
        scope=scope, goal_id=goal, step=StepDetails(words="Try the lunch club", who="Joan", confidence=4)
    )
    return need, goal, step
