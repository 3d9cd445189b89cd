"""From a referral to support."""

from typing import Any
from uuid import uuid4

import pytest

from linkwell.accounts.queries import team
from linkwell.accounts.scopes import public_scope
from linkwell.casework import actions, queries
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.models import Case
from linkwell.casework.tests.helpers import accepted, refer, version
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from linkwell.people import actions as people_actions
from linkwell.people import queries as people
from linkwell.people.details import PersonDetails
from linkwell.people.models import Person
from linkwell.referrals.actions import receive_from_public
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import Referral
from tests.place import Place

pytestmark = pytest.mark.django_db


def test_an_accepted_referral_has_a_person_a_worker_and_a_next_date(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    case = queries.case(place.lead.scope, case_id)
    assert (case.person_name, case.state, case.worker_id) == ("Joan Pickering", "allocated", place.worker.user_id)
    assert case.next_date is not None
    assert case.next_date > clock.today()
    assert queries.plan(place.worker.scope, case_id).needs == ()


def test_without_a_worker_they_wait_on_a_list_somebody_looks_at(place: Place) -> None:
    case_id = accepted(place)
    waiting = queries.waiting_list(place.lead.scope, place.team_id)
    assert [row.id for row in waiting] == [case_id]
    assert waiting.total == 1


@pytest.mark.fault("F18")
def test_what_a_referrer_told_about_safe_contact_is_never_taken_as_the_persons_own_word(place: Place) -> None:
    case_id = accepted(place, safe_text=True, safe_voicemail=False, asked_alone=True)
    person_id = queries.case(place.lead.scope, case_id).person_id
    answers = people.safe_answers(place.lead.scope, person_id)
    assert answers.voicemail is False
    assert "text" not in answers.confirmed
    assert not answers.asked_alone


def test_the_agreement_to_support_is_kept_as_reported_by_somebody_else(place: Place) -> None:
    case_id = accepted(place, knows="agrees")
    person_id = queries.case(place.lead.scope, case_id).person_id
    said = people.agreement(place.lead.scope, person_id, "support")
    assert said is not None
    assert (said.agreed, said.how_words, said.asked_alone) == (True, "told to us by somebody else", False)


def test_someone_who_was_not_asked_has_agreed_to_nothing(place: Place) -> None:
    case_id = accepted(place, knows="not_asked")
    person_id = queries.case(place.lead.scope, case_id).person_id
    assert people.agreement(place.lead.scope, person_id, "support") is None


@pytest.mark.fault("F33")
def test_two_leads_accept_one_referral_and_the_second_is_told_who_was_first(place: Place) -> None:
    referral_id = refer(place)
    actions.accept_referral(scope=place.lead.scope, referral_id=referral_id, expected_version=1)
    with pytest.raises(Conflict) as caught:
        actions.accept_referral(scope=place.safeguarding_lead.scope, referral_id=referral_id, expected_version=1)
    assert caught.value.other == "Lena Hart: accepted"
    with scoped(place.lead.scope):
        assert Case.objects.count() == 1
        assert Person.objects.count() == 1


@pytest.mark.fault("F10")
def test_somebody_the_lead_says_is_known_keeps_their_record_as_it_was(place: Place) -> None:
    first = accepted(place, place.worker.user_id)
    case = queries.case(place.lead.scope, first)
    actions.close(
        scope=place.worker.scope, case_id=first, expected_version=case.version, closing=_closing("moved_away")
    )
    again = refer(place, given_name="Joanie", postcode="BS1 4ST")
    second = actions.accept_referral(
        scope=place.lead.scope, referral_id=again, expected_version=1, same_as_person_id=case.person_id
    )
    assert queries.case(place.lead.scope, second).person_id == case.person_id
    assert people.contact_card(place.lead.scope, case.person_id).details.given_name == "Joan"
    assert len(queries.cases_of(place.lead.scope, case.person_id)) == 2


def test_nobody_is_supported_twice_by_one_team_at_one_time(place: Place) -> None:
    case = queries.case(place.lead.scope, accepted(place, place.worker.user_id))
    again = refer(place)
    with pytest.raises(Invalid, match="already supports"):
        actions.accept_referral(
            scope=place.lead.scope, referral_id=again, expected_version=1, same_as_person_id=case.person_id
        )
    with scoped(place.lead.scope):
        assert Referral.objects.get(pk=again).state == "received"


@pytest.mark.fault("F14")
def test_a_person_of_another_organisation_cannot_be_named_as_the_same(place: Place) -> None:
    with pytest.raises(NotFound):
        actions.accept_referral(
            scope=place.lead.scope, referral_id=refer(place), expected_version=1, same_as_person_id=uuid4()
        )


@pytest.mark.fault("F14")
@pytest.mark.parametrize("who", ["worker", "referrer", "administrator"])
def test_only_leads_accept(place: Place, who: str) -> None:
    member: Any = getattr(place, who)
    with pytest.raises(NotAllowed):
        actions.accept_referral(scope=member.scope, referral_id=refer(place), expected_version=1)


@pytest.mark.fault("F14")
def test_a_lead_elsewhere_finds_no_referral_and_no_case(place: Place) -> None:
    referral_id = refer(place)
    with pytest.raises(NotFound):
        actions.accept_referral(scope=place.stranger_lead.scope, referral_id=referral_id, expected_version=1)
    case_id = accepted(place, given_name="Other")
    for ask in (queries.case, queries.plan):
        with pytest.raises(NotFound):
            ask(place.stranger_lead.scope, case_id)
    assert queries.interactions(place.stranger.scope, case_id) == ()


def test_the_worker_must_be_of_the_team(place: Place) -> None:
    with pytest.raises(Invalid, match="this team"):
        accepted(place, place.stranger.user_id)


def test_a_case_moves_to_a_colleague_and_keeps_its_history(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    actions.allocate(scope=place.lead.scope, case_id=case_id, expected_version=1, worker_id=place.colleague.user_id)
    assert queries.case(place.lead.scope, case_id).worker_name == "Priya Nair"
    with pytest.raises(Conflict):
        actions.allocate(scope=place.lead.scope, case_id=case_id, expected_version=1, worker_id=place.worker.user_id)
    actions.put_back(
        scope=place.lead.scope, case_id=case_id, expected_version=version(place.lead.scope, case_id), reason="Left"
    )
    assert queries.case(place.lead.scope, case_id).state == "waiting"


def test_load_counts_heavy_cases_more_than_once(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    complexity = ComplexityDetails("high", ("needs", "risk", "housing_legal"))
    actions.review_complexity(scope=place.lead.scope, case_id=case_id, expected_version=1, complexity=complexity)
    load = queries.load_by_worker(place.lead.scope, place.team_id)[place.worker.user_id]
    assert (load.cases, load.weight, load.not_yet_spoken, load.full) == (1, 3, 1, 56)


def test_while_somebody_is_away_the_colleague_who_covers_sees_their_people(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    cover = actions.arrange_cover(
        scope=place.lead.scope,
        worker_id=place.worker.user_id,
        covered_by_id=place.colleague.user_id,
        starts_on=clock.today(),
        ends_on=clock.today(),
    )
    assert [row.id for row in queries.caseload(place.colleague.scope, place.colleague.user_id)] == [case_id]
    actions.end_cover(scope=place.lead.scope, cover_id=cover)
    assert queries.caseload(place.colleague.scope, place.colleague.user_id).rows == ()


def _closing(reason: str) -> Any:
    from linkwell.casework.details import ClosingDetails

    return ClosingDetails(reason=reason, answer="Wexmouth")


@pytest.mark.fault("F18")
def test_a_number_from_the_public_form_does_not_take_the_place_of_one_the_person_confirmed(place: Place) -> None:
    scope = place.lead.scope
    first = queries.case(scope, accepted(place, place.worker.user_id))
    people_actions.add_contact_point(
        scope=scope, person_id=first.person_id, kind="mobile", value="07700 900123", told_by="person"
    )
    actions.close(scope=scope, case_id=first.id, expected_version=first.version, closing=_closing("moved_away"))
    there = team(place.team_id)
    asked = receive_from_public(
        scope=public_scope(there),
        team=there,
        submission_key=uuid4(),
        details=ReferralDetails("Joan", "Pickering", source="self", phone="07700 900456", needs=("lonely",)),
    )
    actions.accept_referral(
        scope=scope, referral_id=asked.referral_id, expected_version=1, same_as_person_id=first.person_id
    )
    assert people.address_for(scope, first.person_id, "text") == "+447700900123"
    new = next(row for row in people.contact_card(scope, first.person_id).contacts if row.value.endswith("456"))
    assert (new.confirmed, new.source) == (False, "told to us by the online form, not confirmed")


@pytest.mark.fault("F10")
def test_nobody_is_supported_twice_under_two_records_read_as_one(place: Place) -> None:
    scope = place.lead.scope
    case = queries.case(scope, accepted(place, place.worker.user_id))
    other = people_actions.add_person(scope=scope, details=PersonDetails("Joan", "Pickering"))
    people_actions.link_identity(scope=scope, record_id=case.person_id, same_as_id=other, reason="She said so")
    with pytest.raises(Invalid, match="already supports"):
        actions.accept_referral(scope=scope, referral_id=refer(place), expected_version=1, same_as_person_id=other)
