"""If these fail, somebody falls between two organisations, or more goes along than they agreed to."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from linkwell.accounts.models import Membership, Network, NetworkMembership
from linkwell.casework import actions, periodic, queries
from linkwell.casework.details import HandOverDetails
from linkwell.casework.handlers import (
    carry_answer_to_whoever_offered,
    stop_offering_who_changed_their_mind,
    stop_offering_who_has_died,
    stop_offering_whose_support_ended,
)
from linkwell.casework.models import Case, HandOver
from linkwell.casework.tests.helpers import supported, talk
from linkwell.core.database import scoped
from linkwell.core.scope import system_scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.people import actions as people_actions
from linkwell.people import queries as people
from linkwell.people.capacity import BestInterestsDetails, CapacityDetails, as_value
from linkwell.people.death import DeathDetails
from linkwell.people.deciding import THE_PERSON, AgreedBy, By
from linkwell.people.models import Person
from linkwell.referrals import actions as referrals
from linkwell.referrals import queries as referral_queries
from linkwell.referrals.models import Referral
from linkwell.referrals.tests.helpers import ClientFor, text_of
from linkwell.tasks.queries import open_about
from tests.place import Place

pytestmark = pytest.mark.django_db
SECRET = "her brother must not know"


@pytest.fixture
def network(place: Place) -> Network:
    today = clock.today()
    made = Network.objects.create(
        name="Together", agreement="Made up", agreed_on=today, review_on=today + dt.timedelta(days=99)
    )
    for who in (place.organisation_id, place.stranger_organisation_id):
        NetworkMembership.objects.create(network=made, organisation_id=who, joined_on=today)
    return made


def offer(place: Place, case_id: UUID, key: UUID | None = None, **given: object) -> UUID:
    words: dict[str, object] = {
        "to_team_id": place.stranger_team_id,
        "reason": "moved",
        "why": "She has moved to Elsewhere.",
        "agreed": True,
        "parts": ("conversations",),
    }
    details = HandOverDetails(**(words | given))  # type: ignore[arg-type]
    return actions.offer_hand_over(
        scope=place.worker.scope, case_id=case_id, submission_key=key or uuid4(), offer=details
    )


def there(place: Place, hand_over_id: UUID) -> UUID:
    """The referral the other team was sent."""
    with scoped(place.system):
        return HandOver.objects.get(pk=hand_over_id).referral_id


def answered(place: Place, referral_id: UUID) -> None:
    scope = system_scope(place.stranger_organisation_id, "test")
    with scoped(scope):
        carry_answer_to_whoever_offered(scope, referral_id)
        carry_answer_to_whoever_offered(scope, referral_id)


def test_accepted_they_are_supported_there_under_a_copy_and_ours_until_then(place: Place, network: Network) -> None:
    case_id = supported(place)
    talk(place.worker.scope, case_id, note="Likes bowls.", third_party_note=SECRET)
    hand_over_id = offer(place, case_id)
    assert queries.case(place.worker.scope, case_id).is_open
    referral_id = there(place, hand_over_id)

    received = referral_queries.referral(place.stranger_lead.scope, referral_id)
    assert received.hand_over
    [part] = received.came_along
    assert "Likes bowls." in part.text
    assert SECRET not in part.text
    new = actions.accept_referral(scope=place.stranger_lead.scope, referral_id=referral_id, expected_version=1)
    answered(place, referral_id)

    ours = queries.case(place.worker.scope, case_id)
    assert (ours.is_open, ours.closing_reason) == (False, "transferred")
    [row] = queries.hand_overs_of(place.worker.scope, case_id)
    assert (row.state, row.next_date) == ("accepted", None)
    with scoped(place.stranger_lead.scope):
        [copy] = Person.objects.all()
        assert copy.organisation_id == place.stranger_organisation_id
        assert copy.pk != ours.person_id
        assert [case.pk for case in Case.objects.all()] == [new]
    assert "hand_over_answered" in {task.kind for task in open_about(place.worker.scope, case_id)}


def test_declined_they_stay_with_us_and_the_copy_is_gone(place: Place, network: Network) -> None:
    case_id = supported(place)
    referral_id = there(place, offer(place, case_id))
    referrals.decline(
        scope=place.stranger_lead.scope, referral_id=referral_id, expected_version=1, reason="no_room", advice="In May."
    )
    answered(place, referral_id)
    assert queries.case(place.worker.scope, case_id).is_open
    [row] = queries.hand_overs_of(place.worker.scope, case_id)
    assert row.state == "declined"
    assert "In May." in row.answer
    assert referral_queries.came_along(place.stranger_lead.scope, referral_id) == ()


def test_without_their_agreement_nothing_goes(place: Place, network: Network) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid):
        offer(place, case_id, agreed=False)
    with scoped(place.system):
        assert not HandOver.objects.exists()
    said = people.agreement(place.worker.scope, queries.case(place.worker.scope, case_id).person_id, "hand_over")
    assert said is None


def test_somebody_whose_record_is_restricted_is_not_put_on_another_teams_list(place: Place, network: Network) -> None:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id
    people_actions.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason="Not safe")
    with pytest.raises(Invalid, match="restricted"):
        offer(place, case_id)


def test_only_what_they_agreed_to_goes_along(place: Place, network: Network) -> None:
    case_id = supported(place)
    referral_id = there(place, offer(place, case_id, parts=()))
    assert referral_queries.came_along(place.stranger_lead.scope, referral_id) == ()


def test_whoever_needs_an_interpreter_needs_one_there_too(place: Place, network: Network) -> None:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id
    people_actions.add_requirement(
        scope=place.worker.scope, person_id=person_id, kind="interpreter", detail="Interpreter: Arabic"
    )
    referral_id = there(place, offer(place, case_id, parts=(), interpreted_by="professional"))
    with scoped(place.stranger_lead.scope):
        assert Referral.objects.get(pk=referral_id).interpreter


def test_silence_comes_back_to_whoever_offered(place: Place, network: Network, client_for: ClientFor) -> None:
    case_id = supported(place)
    hand_over_id = offer(place, case_id)
    with scoped(place.system):
        HandOver.objects.filter(pk=hand_over_id).update(next_date=clock.today() - dt.timedelta(days=2))
    periodic.hand_overs_without_an_answer(place.system)
    periodic.hand_overs_without_an_answer(place.system)
    assert [task.kind for task in open_about(place.worker.scope, case_id)] == ["hand_over_silent"]
    page = text_of(client_for(place.worker).get(reverse("casework:case", args=[case_id])))
    assert "They should have answered 2 days ago." in page


def test_taken_back_the_other_team_has_nothing_to_decide(place: Place, network: Network) -> None:
    case_id = supported(place)
    hand_over_id = offer(place, case_id)
    referral_id = there(place, hand_over_id)
    actions.take_back_hand_over(
        scope=place.worker.scope, hand_over_id=hand_over_id, expected_version=1, reason="She stays after all"
    )
    # The round that looks for silence may have found it a moment before.
    actions.raise_silent_hand_over(scope=place.system, hand_over_id=hand_over_id)
    assert "hand_over_silent" not in [task.kind for task in open_about(place.worker.scope, case_id)]
    assert referral_queries.referral(place.stranger_lead.scope, referral_id).state == "withdrawn"
    with pytest.raises(InvalidMove):
        actions.accept_referral(scope=place.stranger_lead.scope, referral_id=referral_id, expected_version=2)
    # Another offer may follow.
    offer(place, case_id)


def changed_their_mind(place: Place, case_id: UUID) -> None:
    agreement_id = people_actions.record_agreement(
        scope=place.worker.scope,
        person_id=queries.case(place.worker.scope, case_id).person_id,
        subject="hand_over",
        answer="withdrawn",
        how="spoken",
    )
    with scoped(place.system):
        stop_offering_who_changed_their_mind(place.system, agreement_id)


def support_ended(place: Place, case_id: UUID) -> None:
    with scoped(place.system):
        stop_offering_whose_support_ended(place.system, case_id)


def died(place: Place, case_id: UUID) -> None:
    death_id = people_actions.record_death(
        scope=place.worker.scope,
        person_id=queries.case(place.worker.scope, case_id).person_id,
        details=DeathDetails(confirmed=False),
    )
    with scoped(place.system):
        stop_offering_who_has_died(place.system, death_id)


@pytest.mark.parametrize("happened", [changed_their_mind, support_ended, died])
def test_an_offer_ends_with_what_it_rested_on(
    place: Place, network: Network, happened: Callable[[Place, UUID], None]
) -> None:
    case_id = supported(place)
    referral_id = there(place, offer(place, case_id))
    happened(place, case_id)
    assert referral_queries.referral(place.stranger_lead.scope, referral_id).state == "withdrawn"
    assert referral_queries.came_along(place.stranger_lead.scope, referral_id) == ()
    assert queries.case(place.worker.scope, case_id).is_open


def test_one_button_pressed_twice_offers_once(place: Place, network: Network) -> None:
    case_id, key = supported(place), uuid4()
    assert offer(place, case_id, key) == offer(place, case_id, key)
    with pytest.raises(InvalidMove):
        offer(place, case_id)


@pytest.mark.fault("F36")
def test_a_network_that_was_left_is_no_way_out_and_an_offer_opens_no_record(place: Place, network: Network) -> None:
    case_id = supported(place)
    hand_over_id = offer(place, case_id)
    for path in (
        lambda scope: queries.case(scope, case_id),
        lambda scope: queries.hand_over(scope, hand_over_id),
    ):
        with pytest.raises(NotFound):
            path(place.stranger_lead.scope)
    NetworkMembership.objects.filter(organisation_id=place.stranger_organisation_id).update(left_on=clock.today())
    other = supported(place, given_name="Ada", family_name="Moss")
    with pytest.raises(Invalid):
        offer(place, other)


@pytest.mark.fault("F36")
def test_somebody_who_left_the_other_organisation_cannot_accept(
    place: Place, network: Network, client_for: ClientFor
) -> None:
    referral_id = there(place, offer(place, supported(place)))
    client = client_for(place.stranger_lead)
    Membership.objects.filter(pk=place.stranger_lead.membership_id).update(ended_at=clock.now())
    page = client.post(reverse("casework:accept", args=[referral_id]), {"version": "1", "worker": "waiting"})
    assert page.status_code in (302, 403, 404)
    assert referral_queries.referral(system_scope(place.stranger_organisation_id, "test"), referral_id).state == (
        "received"
    )


def test_a_hand_over_is_made_from_the_case_page(place: Place, network: Network, client_for: ClientFor) -> None:
    case_id = supported(place)
    client = client_for(place.worker)
    address = reverse("casework:hand_over", args=[case_id])
    assert address in client.get(reverse("casework:case", args=[case_id])).content.decode()
    assert "Elsewhere link workers" in text_of(client.get(address))
    given = {
        "submission_key": str(uuid4()),
        "to_team": str(place.stranger_team_id),
        "reason": "moved",
        "why": "She has moved.",
        "parts": ["plan", "conversations"],
        "how": "spoken",
    }
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "They have to agree first" in text_of(refused)
    done = client.post(address, given | {"agreed": "on"}, follow=True)
    assert "They are still with you until the other team accepts" in text_of(done)
    assert "She has moved." in text_of(
        client_for(place.stranger_lead).get(
            reverse("referrals:referral", args=[there(place, queries.hand_overs_of(place.worker.scope, case_id)[0].id)])
        )
    )


def test_whoever_moves_to_another_district_is_offered_a_hand_over(place: Place, client_for: ClientFor) -> None:
    case_id, client = supported(place, postcode="BS1 4DJ"), client_for(place.worker)
    page = reverse("casework:case", args=[case_id])
    assert "outside your area" not in text_of(client.get(page))
    person_id = queries.case(place.worker.scope, case_id).person_id
    card = people.contact_card(place.worker.scope, person_id)
    moved = replace(card.details, postcode="LS1 4DY", told_by="person")
    people_actions.change_person(
        scope=place.worker.scope, person_id=person_id, expected_version=card.version, details=moved
    )
    assert "They live in LS1 now" in text_of(client.get(page))
    people_actions.restrict_person(scope=place.lead.scope, person_id=person_id, restricted=True, reason="Refuge")
    assert "LS1 now" not in text_of(client.get(page))


def test_who_cannot_decide_is_handed_over_in_their_best_interests_and_never_on_a_relatives_word(
    place: Place, network: Network, client_for: ClientFor
) -> None:
    case_id = supported(place)
    scope, person_id = place.worker.scope, queries.case(place.worker.scope, case_id).person_id
    judged = CapacityDetails(
        decision="share",
        in_words="Whether another team supports her",
        assessed_on=clock.today(),
        assessed_by_name="Sam Okafor",
        understands=True,
        remembers=False,
        weighs=True,
        tells=True,
        help_given="A quiet room",
        reasons="She could not say back what was decided.",
    )
    people_actions.record_capacity(scope=scope, person_id=person_id, details=judged)
    best = BestInterestsDetails(
        "share", True, clock.today(), "Sam Okafor", "The other team", "She likes company", "Her daughter"
    )
    decided = people_actions.record_best_interests(scope=scope, person_id=person_id, details=best)
    for agreed_by, why in ((THE_PERSON, "best-interests"), (AgreedBy(By.RELATIVE), "relative or friend cannot")):
        with pytest.raises(Invalid, match=why):
            offer(place, case_id, agreed_by=agreed_by)
    given = {
        "submission_key": str(uuid4()),
        "to_team": str(place.stranger_team_id),
        "reason": "moved",
        "why": "She has moved.",
        "agreed": "on",
        "how": "spoken",
    }
    client, address = client_for(place.worker), reverse("casework:hand_over", args=[case_id])
    refused = client.post(address, given | {"agreed_by": "relative"})
    assert "relative or friend cannot agree" in text_of(refused)
    people_actions.add_requirement(scope=scope, person_id=person_id, kind="interpreter", detail="Interpreter: Arabic")
    decided_for_them = given | {"agreed_by": as_value(AgreedBy(By.BEST_INTERESTS, decided))}
    assert "Choose who interpreted" in text_of(client.post(address, decided_for_them))
    through_family = client.post(address, decided_for_them | {"interpreted_by": "relative"})
    assert "Ask them again with an interpreter" in text_of(through_family)
    client.post(address, decided_for_them | {"interpreted_by": "professional"})
    assert [row.state for row in queries.hand_overs_of(scope, case_id)] == ["offered"]
