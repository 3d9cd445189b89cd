"""Who may agree for somebody: every combination against a table written apart from the rule, and on real records."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people import actions, queries
from linkwell.people.capacity import ActsForDetails, BestInterestsDetails, CapacityDetails
from linkwell.people.children import AdultDetails, OwnDecisionDetails
from linkwell.people.deciding import Able, Age, AgreedBy, By, Decision, Facts, may_agree
from linkwell.people.tests.people import add
from tests.place import Place

# The law as a reader of the law writes it: who, at what age, judged able to decide (or, under 16, judged to decide
# for themselves), with what proof, and about what. Everything that is not here does not count. "-" is any.
#      who                 age      able          own decision   proof   about
COUNTS = """
       person              adult    not_judged    -              -       -
       person              adult    yes           -              -       -
       person              young    not_judged    -              -       -
       person              young    yes           -              -       -
       person              child    -             yes            -       -
       parent              child    -             not_judged     yes     -
       parent              child    -             no             yes     -
       parent              young    no            -              yes     -
       best_interests      adult    no            -              yes     -
       best_interests      young    no            -              yes     -
       attorney_health     adult    no            -              yes     welfare
       deputy_health       adult    no            -              yes     welfare
       deputy_health       young    no            -              yes     welfare
       attorney_property   adult    no            -              yes     money
       deputy_property     adult    no            -              yes     money
       deputy_property     young    no            -              yes     money
"""


def expected() -> set[tuple[str, ...]]:
    named = [[each.value for each in kind] for kind in (By, Age, Able, Able)]
    every = [*named, ["yes", "no"], ["welfare", "money"]]
    found: set[tuple[str, ...]] = set()
    for line in COUNTS.strip().splitlines():
        cells = [each if cell == "-" else [cell] for cell, each in zip(line.split(), every, strict=True)]
        found |= set(product(*cells))
    return found


def test_every_combination_of_who_age_judgement_and_proof_is_as_the_law_says() -> None:
    counts = expected()
    seen = 0
    for by, age, able, own, proof, decision in product(By, Age, Able, Able, (True, False), Decision):
        about = "money" if decision is Decision.MONEY else "welfare"
        answer = may_agree(Facts(decision, by, able, age, own, proof))
        key = (by.value, age.value, able.value, own.value, "yes" if proof else "no", about)
        assert (answer == "") == (key in counts), f"{key}: {answer}"
        assert not answer or (answer.endswith(".") and len(answer) < 130)
        seen += 1
    assert seen == 9 * 3 * 3 * 3 * 2 * 6


def agree(place: Place, person: UUID, agreed_by: AgreedBy = AgreedBy(), subject: str = "tell_gp") -> UUID:  # noqa: B008
    return actions.record_agreement(
        scope=place.worker.scope, person_id=person, subject=subject, answer="agreed", how="spoken", agreed_by=agreed_by
    )


def judge(place: Place, person: UUID, *, able: bool, decision: str = "share", days_ago: int = 0) -> UUID:
    details = CapacityDetails(
        decision=decision,
        in_words="Whether her practice hears of the support",
        assessed_on=clock.today() - timedelta(days=days_ago),
        assessed_by_name="Sam Okafor",
        understands=True,
        remembers=able,
        weighs=True,
        tells=True,
        help_given="A quiet room in the morning, with her daughter near",
        reasons="She could not say back what was decided a minute before.",
    )
    return actions.record_capacity(scope=place.worker.scope, person_id=person, details=details)


def acts(place: Place, person: UUID, kind: str, *, seen: bool = True) -> AgreedBy:
    details = ActsForDetails(kind, "Ann Baker", "07700 900111", clock.today() if seen else None)
    return AgreedBy(By(kind), actions.add_acts_for(scope=place.worker.scope, person_id=person, details=details))


def decided(place: Place, person: UUID, decision: str = "share", **given: Any) -> AgreedBy:
    words: dict[str, Any] = {
        "decision": decision,
        "agreed": True,
        "decided_on": clock.today(),
        "decided_by_name": "Sam Okafor",
        "what_was_decided": "The practice hears, so that her tablets are looked at",
        "their_wishes": "She has always liked her doctor to know",
        "consulted": "Her daughter and her advocate, who both agree",
    }
    made = actions.record_best_interests(
        scope=place.worker.scope, person_id=person, details=BestInterestsDetails(**(words | given))
    )
    return AgreedBy(By.BEST_INTERESTS, made)


def test_a_daughter_cannot_agree_for_her_mother(place: Place) -> None:
    person = add(place.worker.scope)
    with pytest.raises(Invalid, match="relative or friend cannot agree"):
        agree(place, person, AgreedBy(By.RELATIVE))
    assert queries.agreement(place.worker.scope, person, "tell_gp") is None


def test_her_own_yes_asks_for_the_best_interests_record_once_she_was_judged_unable(place: Place) -> None:
    person = add(place.worker.scope)
    judge(place, person, able=False)
    with pytest.raises(Invalid, match="best-interests"):
        agree(place, person)
    agree(place, person, subject="refer_onward")  # another decision, which she can take
    agree(place, person, decided(place, person))
    found = queries.agreement(place.worker.scope, person, "tell_gp")
    assert found is not None
    assert found.agreed


def test_a_best_interests_decision_ends_when_she_is_judged_again(place: Place) -> None:
    person = add(place.worker.scope)
    judge(place, person, able=False, days_ago=2)
    best = decided(place, person)
    judge(place, person, able=True)
    with pytest.raises(Invalid, match="Ask the person"):
        agree(place, person, best)
    agree(place, person)


def test_best_interests_is_not_a_way_round_asking(place: Place) -> None:
    person = add(place.worker.scope)
    with pytest.raises(Invalid, match="Nobody has judged"):
        decided(place, person)
    judge(place, person, able=False)
    with pytest.raises(Invalid, match="who was asked"):
        decided(place, person, consulted=" ")
    no = decided(place, person, agreed=False)
    with pytest.raises(Invalid, match="does not say yes"):
        agree(place, person, no)


def test_an_attorney_agrees_only_with_the_document_seen_and_within_what_it_is_about(place: Place) -> None:
    person = add(place.worker.scope)
    health, money = acts(place, person, "attorney_health", seen=False), acts(place, person, "attorney_property")
    judge(place, person, able=False)
    with pytest.raises(Invalid, match="seen the document"):
        agree(place, person, health)
    with pytest.raises(Invalid, match="property and money cannot agree"):
        agree(place, person, money)
    assert health.id is not None
    actions.say_document_seen(scope=place.worker.scope, person_id=person, acts_for_id=health.id)
    agree(place, person, health)
    actions.end_acts_for(scope=place.worker.scope, person_id=person, acts_for_id=health.id)
    with pytest.raises(Invalid):
        agree(place, person, health)


def test_an_attorney_of_somebody_else_or_under_another_name_does_not_count(place: Place) -> None:
    person, other = add(place.worker.scope), add(place.worker.scope, "Winston", "Grant")
    judge(place, person, able=False)
    theirs = acts(place, other, "attorney_health")
    with pytest.raises(Invalid):
        agree(place, person, theirs)
    property_only = acts(place, person, "deputy_property")
    with pytest.raises(Invalid):
        agree(place, person, AgreedBy(By.DEPUTY_HEALTH, property_only.id))


def test_a_child_agrees_once_judged_to_decide_and_a_parent_only_with_responsibility(place: Place) -> None:
    scope = place.worker.scope
    person = add(scope, "Robin", "Baker", date_of_birth=clock.today().replace(day=1) - timedelta(days=365 * 13))
    with pytest.raises(Invalid, match="under 16"):
        agree(place, person)
    adult = actions.add_responsible_adult(scope=scope, person_id=person, details=AdultDetails("Jo Baker", "mother"))
    parent = AgreedBy(By.PARENT, adult)
    with pytest.raises(Invalid, match="parental responsibility"):
        agree(place, person, parent)
    known = AdultDetails("Jo Baker", "mother", responsibility="yes", how_known="certificate", may_contact="yes")
    actions.change_responsible_adult(scope=scope, person_id=person, adult_id=adult, expected_version=1, details=known)
    agree(place, person, parent)
    own = OwnDecisionDetails("share", True, "Sam Okafor", clock.today(), "Robin explained who would hear what.")
    actions.record_own_decision(scope=scope, person_id=person, details=own)
    with pytest.raises(Invalid, match="Ask them"):
        agree(place, person, parent)
    agree(place, person)
    with pytest.raises(Invalid, match="under 16"):
        judge(place, person, able=False)


def test_a_no_counts_whoever_was_judged_what(place: Place) -> None:
    person = add(place.worker.scope)
    judge(place, person, able=False)
    actions.record_agreement(
        scope=place.worker.scope, person_id=person, subject="tell_gp", answer="objected", how="spoken"
    )


def test_nobody_is_unable_without_a_no_to_one_of_the_four_questions(place: Place) -> None:
    person = add(place.worker.scope)
    judge(place, person, able=True)
    row = queries.capacity(place.worker.scope, person).judged[0]
    assert row.can_decide
    assert [answer for _, answer in row.answers] == [True] * 4
