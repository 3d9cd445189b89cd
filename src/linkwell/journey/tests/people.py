"""Small ways to have somebody with a whole story in tests."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from bs4 import BeautifulSoup

from linkwell.accounts.queries import team
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import AppointmentDetails, ConversationDetails, StepDetails
from linkwell.kernel import clock
from linkwell.people import actions as people
from linkwell.people.details import AboutMeWords, ConcernDetails, SafeAnswers
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails
from tests.place import Place

# Words that must never be where the reader may not see them.
CONCERN = "zebra-concern"
THIRD_PARTY = "zebra-third-party"
HOME = "zebra-key-safe"
UNSAFE_BECAUSE = "zebra-unsafe-because"
RESTRICTED_BECAUSE = "zebra-restricted-because"
HIDDEN = (CONCERN, THIRD_PARTY, HOME, UNSAFE_BECAUSE, RESTRICTED_BECAUSE)
POSTCODE = "BS1 4DJ"
PHONE = "07700 900123"


def supported(place: Place, name: str = "Joan", **given: Any) -> UUID:
    """Somebody whose referral was accepted for the worker; returns the case."""
    details = ReferralDetails(
        given_name=name,
        family_name="Pickering",
        date_of_birth=dt.date(1948, 5, 2),
        phone=PHONE,
        address="4 Quay Street",
        postcode=POSTCODE,
        needs=("lonely",),
        why="On her own since her husband died.",
        referrer_name="Dr Ruth Bell",
        referrer_role="GP",
        **given,
    )
    sent = referrals.send_referral(
        scope=place.referrer.scope, team=team(place.team_id), submission_key=uuid4(), details=details
    )
    return casework.accept_referral(
        scope=place.lead.scope, referral_id=sent.referral_id, expected_version=1, worker_id=place.worker.user_id
    )


def person_of(place: Place, case_id: UUID) -> UUID:
    return cases.case(place.worker.scope, case_id).person_id


def talk(place: Place, case_id: UUID, **given: Any) -> UUID:
    said: dict[str, Any] = {
        "kind": "phone",
        "outcome": "talked",
        "happened_at": clock.now() - dt.timedelta(minutes=5),
        "note": "She would like company on Tuesdays.",
        "next_date": clock.today() + dt.timedelta(days=14),
    }
    return casework.write_up(
        scope=place.worker.scope,
        case_id=case_id,
        submission_key=uuid4(),
        conversation=ConversationDetails(**(said | given)),
    )


def book(at: Place, case_id: UUID, starts_at: dt.datetime, **given: Any) -> UUID:
    details = AppointmentDetails(starts_at=starts_at, **given)
    return casework.book_appointment(scope=at.worker.scope, case_id=case_id, details=details)


def plan(place: Place, case_id: UUID, due_on: dt.date | None = None) -> None:
    scope = place.worker.scope
    need = casework.add_need(scope=scope, plan_id=cases.plan(scope, case_id).id, words="I see nobody all week")
    goal = casework.add_goal(scope=scope, need_id=need, words="Have lunch with others", importance=8)
    step = StepDetails(words="Try the lunch club", who="Joan", confidence=4, due_on=due_on)
    casework.add_step(scope=scope, goal_id=goal, step=step)


def whole_story(place: Place) -> UUID:
    """A person with something in every part of the record, hidden words among it; returns the person."""
    case_id = supported(place)
    person_id, scope = person_of(place, case_id), place.worker.scope
    talk(place, case_id, third_party_note=THIRD_PARTY)
    plan(place, case_id)
    people.record_about_me(
        scope=scope, person_id=person_id, expected_version=0, about=AboutMeWords(matters_most="My dog Biscuit")
    )
    people.record_agreement(scope=scope, person_id=person_id, subject="tell_gp", answer="agreed", how="spoken")
    people.record_risk(scope=scope, person_id=person_id, none_known=False, detail="Falls on the stairs")
    people.record_safe_contact(
        scope=scope,
        person_id=person_id,
        answers=SafeAnswers(
            phone=True,
            text=False,
            instruction="Visit in pairs",
            reason=UNSAFE_BECAUSE,
            asked_alone=True,
            told_by="person",
        ),
    )
    people.record_home_access(scope=scope, person_id=person_id, note=HOME)
    people.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason=RESTRICTED_BECAUSE)
    people.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=False, reason=RESTRICTED_BECAUSE)
    people.raise_concern(
        scope=scope, person_id=person_id, concern=ConcernDetails(about="the person", what_happened=CONCERN)
    )
    return person_id


def shown(answer: Any) -> str:
    """The words of a page as somebody reads them."""
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)
