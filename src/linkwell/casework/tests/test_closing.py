"""Ending support, who is told, and what they may and may never read."""

import datetime as dt
import json
from importlib import resources
from types import EllipsisType
from typing import Any
from uuid import UUID

import jsonschema  # type: ignore[import-untyped]
import pytest
import time_machine

from linkwell.casework import actions, closing, queries
from linkwell.casework.details import AppointmentDetails, ClosingDetails, StepDetails, ToldAgreements
from linkwell.casework.presenters.summary import document
from linkwell.casework.rows import OpenItem
from linkwell.casework.tests.helpers import a_plan, accepted, supported, talk, version
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.people import actions as people
from linkwell.people.details import AboutMeWords, ConcernDetails
from linkwell.referrals.models import ReferralAnswer
from tests.place import Place

pytestmark = pytest.mark.django_db
CANARY = "zebra-canary"


def end(place: Place, case_id: UUID, **given: Any) -> None:
    words = {"reason": "goals_met"} | given
    actions.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        closing=ClosingDetails(**words),
    )


def test_support_ends_with_a_reason_and_what_became_of_each_goal(place: Place) -> None:
    case_id = supported(place)
    _, goal, _ = a_plan(place.worker.scope, case_id)
    end(place, case_id, goals=((goal, "partly"),), what_did_not_work="The choir was too far.")
    case = queries.case(place.worker.scope, case_id)
    assert (case.state, case.closing_words, case.next_date) == ("closed", "Goals reached", None)
    assert queries.plan(place.worker.scope, case_id).goals[0].state == "partly"
    assert queries.open_case_of(place.worker.scope, case.person_id) is None


@pytest.mark.fault("F37")
def test_support_does_not_end_over_an_open_appointment_without_saying_so(place: Place) -> None:
    case_id = supported(place)
    actions.book_appointment(
        scope=place.worker.scope,
        case_id=case_id,
        details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1)),
    )
    with pytest.raises(Invalid, match="still open"):
        end(place, case_id)
    end(place, case_id, still_open_note="Priya will go.")


@pytest.mark.fault("F37")
def test_what_other_parts_still_hold_open_counts_too(place: Place) -> None:
    case_id = supported(place)

    def waiting_group(scope: Scope, case: UUID) -> tuple[OpenItem, ...]:
        return (OpenItem("onward", "The lunch club has not answered", "Take it back"),) if case == case_id else ()

    closing.open_items(waiting_group)
    assert [item.kind for item in queries.still_open(place.worker.scope, case_id)] == ["onward"]
    with pytest.raises(Invalid, match="still open"):
        end(place, case_id)


@pytest.mark.fault("F37")
def test_support_does_not_end_over_an_open_concern_and_the_page_does_not_say_what_it_is(place: Place) -> None:
    case_id = supported(place)
    _concern(place, case_id)
    items = queries.still_open(place.colleague.scope, case_id)
    assert [item.kind for item in items] == ["concern"]
    assert CANARY not in items[0].words
    with pytest.raises(Invalid, match="still open"):
        end(place, case_id)


@pytest.mark.fault("F33")
def test_support_ended_by_one_is_not_ended_again_by_another(place: Place) -> None:
    case_id = supported(place)
    seen = version(place.worker.scope, case_id)
    end(place, case_id)
    with pytest.raises(Conflict):
        actions.close(
            scope=place.colleague.scope,
            case_id=case_id,
            expected_version=seen,
            closing=ClosingDetails(reason="lost_touch"),
        )


@pytest.mark.fault("F12")
@pytest.mark.parametrize(("days", "may"), [(0, True), (28, True), (29, False)])
def test_support_opens_again_within_28_days(place: Place, days: int, may: bool) -> None:
    # The 28 days pass the end of summer time.
    with time_machine.travel(dt.datetime(2026, 10, 1, 22, 30, tzinfo=dt.UTC), tick=False) as time:
        case_id = supported(place)
        end(place, case_id)
        time.shift(dt.timedelta(days=days))
        ask: dict[str, Any] = {"scope": place.worker.scope, "case_id": case_id, "reason": "She asked"}
        seen = version(place.worker.scope, case_id)
        if not may:
            with pytest.raises(InvalidMove, match="28 days"):
                actions.reopen(**ask, expected_version=seen)
            return
        actions.reopen(**ask, expected_version=seen)
        case = queries.case(place.worker.scope, case_id)
    assert case.state == "active"
    assert case.next_date is not None


@pytest.mark.parametrize(("agreed", "alone", "heard"), [(True, True, True), (True, False, False), (False, True, False)])
def test_the_referrer_hears_closed_only_if_the_person_asked_alone_agreed(
    place: Place, agreed: bool, alone: bool, heard: bool
) -> None:
    case_id = supported(place)
    actions.record_who_may_hear(
        scope=place.worker.scope, case_id=case_id, answers=ToldAgreements(asked_alone=alone, referrer_closed=agreed)
    )
    end(place, case_id)
    with scoped(place.lead.scope):
        kinds = set(ReferralAnswer.objects.values_list("kind", flat=True))
    assert ("closed" in kinds) is heard


def test_a_case_opened_in_error_tells_nobody(place: Place) -> None:
    case_id = supported(place)
    _agree(place, case_id, referrer_closed=True)
    end(place, case_id, reason="in_error", answer="Sent twice")
    with scoped(place.lead.scope):
        assert "closed" not in set(ReferralAnswer.objects.values_list("kind", flat=True))


def test_the_summary_says_no_known_risk_in_words_and_is_refused_when_nobody_asked(place: Place) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid, match="risk"):
        _summary(place, case_id)
    _no_risk(place, case_id)
    assert queries.summary_made(place.worker.scope, _summary(place, case_id)).content["risks"][0]["risk"] == (
        "No known risk"
    )


def test_the_summary_keeps_to_its_schema_full_or_nearly_empty(place: Place) -> None:
    bare = accepted(place, place.worker.user_id, given_name="Alf", date_of_birth=None, why="", referrer_role="")
    _no_risk(place, bare)
    for case_id in (bare, _full(place)):
        content = queries.summary_made(place.worker.scope, _summary(place, case_id)).content
        jsonschema.Draft202012Validator(_schema()).validate(content)
        assert "" not in _leaves(content)


def test_the_summary_has_first_and_latest_scores_and_what_did_not_work(place: Place) -> None:
    content = queries.summary_made(place.worker.scope, _summary(place, _full(place))).content
    step = content["care_and_support_plan"]["needs"][0]["goals"][0]["actions"][0]
    assert step["confidence"] == {"first": 4, "latest": 9}
    assert content["clinical_summary"]["what_did_not_work"] == "The choir was too far."
    assert content["patient_can_read_this"] is True


def test_what_they_need_goes_with_the_summary_and_how_to_stay_safe_does_not(place: Place) -> None:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id
    for kind, detail in (("adjustment", "A quiet room"), ("visit", "Visit in pairs")):
        people.add_requirement(scope=place.worker.scope, person_id=person_id, kind=kind, detail=detail)
    _no_risk(place, case_id)
    made = queries.summary_made(place.worker.scope, _summary(place, case_id))
    read = " ".join(item.text for section in document(made.content).sections for item in section.items)
    assert "A quiet room" in read
    assert "pairs" not in json.dumps(made.content)


@pytest.mark.fault("F16")
def test_nothing_of_safeguarding_third_parties_or_notes_is_in_the_summary(place: Place) -> None:
    case_id = supported(place)
    talk(place.worker.scope, case_id, note=f"note {CANARY}", third_party_note=f"neighbour {CANARY}")
    row = queries.interactions(place.worker.scope, case_id)[0]
    actions.correct_note(
        scope=place.worker.scope,
        interaction_id=row.id,
        expected_corrections=0,
        note=CANARY,
        third_party_note=CANARY,
        reason=CANARY,
    )
    _concern(place, case_id)
    _no_risk(place, case_id)
    _agree(place, case_id, gp_summary=True)
    actions.send_separate_note(
        scope=place.worker.scope,
        case_id=case_id,
        recipient_organisation_id=place.practice_id,
        text=CANARY,
        reason="They asked",
    )
    end(place, case_id, still_open_note=CANARY)
    summary = queries.summary_made(place.worker.scope, _summary(place, case_id))
    assert CANARY not in json.dumps(summary.content)


@pytest.mark.fault("F16")
def test_what_a_relative_wrote_when_referring_does_not_go_to_the_practice(place: Place) -> None:
    from linkwell.accounts.queries import team
    from linkwell.accounts.scopes import public_scope
    from linkwell.referrals import actions as referrals
    from linkwell.referrals.details import ReferralDetails

    there = team(place.team_id)
    sent = referrals.receive_from_public(
        scope=public_scope(there),
        team=there,
        submission_key=UUID(int=1),
        details=ReferralDetails(
            given_name="Joan", family_name="Pickering", source="relative", why=CANARY, referrer_name=CANARY
        ),
    )
    case_id = actions.accept_referral(
        scope=place.lead.scope,
        referral_id=sent.referral_id,
        expected_version=1,
        worker_id=place.worker.user_id,
    )
    _no_risk(place, case_id)
    summary = queries.summary_made(place.worker.scope, _summary(place, case_id, to=None))
    assert CANARY not in json.dumps(summary.content)


def test_a_summary_is_sent_only_where_the_person_agreed_and_only_once(place: Place) -> None:
    case_id = supported(place)
    _no_risk(place, case_id)
    summary = _summary(place, case_id)
    with pytest.raises(Invalid, match="Ask the person"):
        actions.send_message_back(scope=place.worker.scope, summary_id=summary)
    _agree(place, case_id, gp_summary=True)
    actions.send_message_back(scope=place.worker.scope, summary_id=summary)
    with pytest.raises(InvalidMove):
        actions.send_message_back(scope=place.worker.scope, summary_id=summary)


@pytest.mark.fault("F14")
def test_the_practice_reads_what_it_was_sent_and_nothing_else(place: Place) -> None:
    case_id = supported(place)
    _no_risk(place, case_id)
    _agree(place, case_id, gp_summary=True)
    sent, kept = _summary(place, case_id), _summary(place, case_id)
    actions.send_message_back(scope=place.worker.scope, summary_id=sent)
    scope = place.referrer.scope
    assert [row.id for row in queries.summaries_received(scope)] == [sent]
    assert queries.summary_received(scope, sent).person_name == "Joan Pickering"
    with pytest.raises(NotFound):
        queries.summary_received(scope, kept)
    with scoped(scope):
        from linkwell.casework.models import Case, Interaction, MessageBack, Plan

        assert [model.objects.count() for model in (Case, Interaction, Plan, MessageBack)] == [0, 0, 0, 1]


@pytest.mark.fault("F14")
def test_a_summary_goes_only_to_the_persons_own_clinicians(place: Place) -> None:
    case_id = supported(place)
    _no_risk(place, case_id)
    assert [each.organisation_id for each in queries.recipients(place.worker.scope, case_id)] == [place.practice_id]
    with pytest.raises(Invalid):
        _summary(place, case_id, to=place.stranger_organisation_id)


def _full(place: Place) -> UUID:
    """A case with everything a summary can hold."""
    case_id = supported(place, nhs_number="9434765919")
    case = queries.case(place.worker.scope, case_id)
    people.record_about_me(
        scope=place.worker.scope,
        person_id=case.person_id,
        expected_version=0,
        about=AboutMeWords(matters_most="My garden", please_do="Speak up"),
    )
    _no_risk(place, case_id)
    _, goal, step = a_plan(place.worker.scope, case_id)
    plan = queries.plan(place.worker.scope, case_id)
    actions.agree_plan(
        scope=place.worker.scope, plan_id=plan.id, expected_version=plan.version, agreed=True, how="spoken"
    )
    better = StepDetails(words="Try the lunch club", who="Joan", due_on=clock.today(), confidence=9)
    actions.change_step(scope=place.worker.scope, step_id=step, expected_version=1, step=better)
    reached = ((goal, "reached"),)
    end(place, case_id, goals=reached, note="Joan goes weekly.", what_did_not_work="The choir was too far.")
    return case_id


def _summary(place: Place, case_id: UUID, to: UUID | EllipsisType | None = ...) -> UUID:
    recipient = place.practice_id if to is ... else to
    return actions.prepare_message_back(scope=place.worker.scope, case_id=case_id, recipient_organisation_id=recipient)


def _no_risk(place: Place, case_id: UUID) -> None:
    person_id = queries.case(place.worker.scope, case_id).person_id
    people.record_risk(scope=place.worker.scope, person_id=person_id, none_known=True)


def _agree(place: Place, case_id: UUID, **answers: Any) -> None:
    actions.record_who_may_hear(
        scope=place.worker.scope, case_id=case_id, answers=ToldAgreements(asked_alone=True, **answers)
    )


def _concern(place: Place, case_id: UUID) -> None:
    person_id = queries.case(place.worker.scope, case_id).person_id
    people.raise_concern(
        scope=place.worker.scope,
        person_id=person_id,
        concern=ConcernDetails(about=CANARY, what_happened=CANARY, their_words=CANARY),
    )


def _schema() -> dict[str, Any]:
    found = resources.files("linkwell.casework") / "schemas" / "message_back.json"
    schema: dict[str, Any] = json.loads(found.read_text())
    return schema


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]
