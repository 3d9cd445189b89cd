"""What somebody told us is kept as they told it, with its history."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent, OutboxEvent, TimelineEntry
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import actions, queries
from linkwell.people.details import AboutMeWords, PersonDetails, RelatedDetails, SafeAnswers
from linkwell.people.tests.people import BORN, DOT, add, dot, say
from tests.place import Place


def test_the_banner_says_all_that_is_needed_before_phoning(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.add_contact_point(
        scope=scope, person_id=person, kind="mobile", value="07700 900123", told_by="referrer", told_by_name="Dr Bell"
    )
    answers = SafeAnswers(phone=True, text=False, best_times="mornings", instruction="Never phone after 5pm",
                          reason="partner listens", asked_alone=True, told_by="person")  # fmt: skip
    actions.record_safe_contact(scope=scope, person_id=person, answers=answers)
    actions.add_requirement(scope=scope, person_id=person, kind="interpreter", detail="Polish interpreter")
    row = queries.banner(place.colleague.scope, person)
    assert (row.name, row.also, row.given_name) == ("Dot Baker", "Dorothy Baker", "Dot")
    assert row.reach[0] == "Phone 07700 900123 (told to us by Dr Bell, not confirmed)"
    assert "Leave no voicemail" in row.reach
    assert "Never text" in row.reach
    assert "Best times: mornings" in row.reach
    assert row.instructions == ("Never phone after 5pm",)
    assert row.requirements == ("Polish interpreter",)
    assert "partner" not in repr(row)


def test_a_number_the_person_confirms_loses_its_warning(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    for told_by in ("relative", "person"):
        actions.add_contact_point(scope=scope, person_id=person, kind="mobile", value="07700900123", told_by=told_by)
    (row,) = queries.contact_card(scope, person).contacts
    assert row.confirmed
    assert row.source == ""


@pytest.mark.fault("F18")
def test_a_feed_cannot_make_unsafe_what_was_said_alone_or_safe_what_was_not(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    say(scope, person, text=True, voicemail=False)
    fed = SafeAnswers(text=None, voicemail=True, email=True, told_by="feed")
    actions.record_safe_contact(scope=place.system, person_id=person, answers=fed)
    stands = queries.safe_answers(scope, person)
    assert stands.text is True
    assert stands.voicemail is False
    assert stands.email is True
    assert stands.confirmed == {"text", "voicemail"}


@pytest.mark.fault("F16")
def test_why_a_way_is_not_safe_is_read_by_leads_and_the_worker_only(place: Place) -> None:
    person = dot(place.worker.scope)
    answers = SafeAnswers(phone=False, reason="CANARY-REASON", asked_alone=True, told_by="person")
    actions.record_safe_contact(scope=place.worker.scope, person_id=person, answers=answers)
    assert queries.safe_reasons(place.worker.scope, person) == ("CANARY-REASON",)
    assert queries.safe_reasons(place.lead.scope, person) == ("CANARY-REASON",)
    assert queries.safe_reasons(place.colleague.scope, person) == ()
    assert queries.safe_reasons(place.colleague.scope, person, is_worker=True) == ("CANARY-REASON",)
    with scoped(place.worker.scope), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM people_safecontact WHERE person_id = %s", [person])
        assert "CANARY" not in cursor.fetchone()[0]


@pytest.mark.fault("F33")
def test_two_people_editing_details_lose_nothing(place: Place) -> None:
    person = dot(place.worker.scope)
    changed = PersonDetails("Dorothy", "Baker-Jones", date_of_birth=BORN, told_by="person")
    actions.change_person(scope=place.worker.scope, person_id=person, expected_version=1, details=changed)
    with pytest.raises(Conflict) as conflict:
        actions.change_person(scope=place.colleague.scope, person_id=person, expected_version=1, details=DOT)
    assert conflict.value.other.startswith("Sam Okafor saved it")
    assert queries.contact_card(place.worker.scope, person).details.family_name == "Baker-Jones"


@pytest.mark.fault("F33")
def test_two_people_writing_about_me_lose_nothing(place: Place) -> None:
    person = dot(place.worker.scope)
    first = AboutMeWords(matters_most="My dog Biscuit")
    assert actions.record_about_me(scope=place.worker.scope, person_id=person, expected_version=0, about=first) == 1
    second = AboutMeWords(matters_most="My garden")
    with pytest.raises(Conflict) as conflict:
        actions.record_about_me(scope=place.colleague.scope, person_id=person, expected_version=0, about=second)
    assert "Sam Okafor" in conflict.value.other
    actions.record_about_me(scope=place.colleague.scope, person_id=person, expected_version=1, about=second)
    assert queries.about_me(place.worker.scope, person).words.matters_most == "My garden"
    assert [row.words.matters_most for row in queries.about_me_history(place.worker.scope, person)] == [
        "My garden",
        "My dog Biscuit",
    ]


def test_no_known_risk_is_said_and_not_assumed(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    assert queries.risks(scope, person) == ()
    actions.record_risk(scope=scope, person_id=person, none_known=True)
    (row,) = queries.risks(scope, person)
    assert row.none_known
    risk = actions.record_risk(scope=scope, person_id=person, none_known=False, detail="Falls on the stairs")
    assert [row.detail for row in queries.risks(scope, person)] == ["Falls on the stairs"]
    with pytest.raises(Invalid):
        actions.record_risk(scope=scope, person_id=person, none_known=True)
    actions.end_risk(scope=scope, person_id=person, risk_id=risk)
    assert queries.risks(scope, person) == ()
    for none_known, detail in ((True, "but"), (False, " ")):
        with pytest.raises(Invalid):
            actions.record_risk(scope=scope, person_id=person, none_known=none_known, detail=detail)


def test_withdrawing_stands_at_once_and_keeps_the_history(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="agreed", how="spoken")
    actions.record_agreement(scope=scope, person_id=person, subject="tell_gp", answer="withdrawn", how="spoken")
    row = queries.agreement(scope, person, "tell_gp")
    assert row is not None
    assert not row.agreed
    assert [each.answer for each in queries.agreement_history(scope, person)] == ["withdrawn", "agreed"]
    assert len(queries.agreements(scope, person)) == 1
    assert queries.agreement(scope, person, "tell_gp", uuid4()) is None


def test_agreements_to_two_referrals_are_two_answers(place: Place) -> None:
    scope = place.worker.scope
    person, one, other = dot(scope), uuid4(), uuid4()
    for object_id, answer in ((one, "agreed"), (other, "objected")):
        actions.record_agreement(
            scope=scope, person_id=person, subject="refer_onward", answer=answer, how="spoken", object_id=object_id
        )
    yes, no = (queries.agreement(scope, person, "refer_onward", each) for each in (one, other))
    assert (yes and yes.agreed, no and no.agreed) == (True, False)


def test_the_way_into_a_home_is_locked_and_opening_it_is_on_record(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.record_home_access(scope=scope, person_id=person, note="Key safe 1234 by the bins")
    with pytest.raises(Invalid):
        actions.open_home_access(scope=scope, person_id=person, reason="curious")
    note = actions.open_home_access(scope=place.colleague.scope, person_id=person, reason="visit")
    assert note == "Key safe 1234 by the bins"
    with scoped(scope), connection.cursor() as cursor:
        opened = AuditEvent.objects.filter(object_kind="home_access", verb="opened").get()
        cursor.execute("SELECT note FROM people_homeaccess WHERE person_id = %s", [person])
        assert "1234" not in cursor.fetchone()[0]
    assert (opened.actor_id, opened.fields, opened.person_id) == (place.colleague.user_id, ["visit"], person)


def test_people_around_somebody_are_not_contacted_unless_the_person_said_so(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    details = RelatedDetails("Ken Baker", "husband", phone="07700 900 999", is_carer=True)
    related = actions.add_related_contact(scope=scope, person_id=person, details=details)
    (row,) = queries.related_contacts(scope, person)
    assert not row.details.may_contact
    assert queries.address_belongs_to_another(scope, person, "+447700900999")
    actions.end_related_contact(scope=scope, person_id=person, related_id=related)
    assert queries.related_contacts(scope, person) == ()


def test_every_change_leaves_who_did_it_and_never_what_was_written(place: Place) -> None:
    scope = place.worker.scope
    person = dot(scope)
    actions.record_about_me(
        scope=scope, person_id=person, expected_version=0, about=AboutMeWords(matters_most="CANARY-WORDS")
    )
    with scoped(scope):
        rows = list(AuditEvent.objects.filter(person_id=person).values())
        lines = list(TimelineEntry.objects.filter(person_id=person).values())
        events = list(OutboxEvent.objects.values())
    assert rows
    assert {row["actor_id"] for row in rows} == {place.worker.user_id}
    assert "CANARY" not in repr(rows) + repr(lines) + repr(events)


def test_nonsense_is_refused_with_the_name_of_its_field(place: Place) -> None:
    scope = place.worker.scope
    for wrong, field in [
        ({"given": " "}, "given_name"),
        ({"family": ""}, "family_name"),
        ({"date_of_birth": date(2999, 1, 1)}, "date_of_birth"),
        ({"address": "x" * 501}, "address"),
        ({"told_by": "gossip"}, "told_by"),
    ]:
        with pytest.raises(Invalid) as refused:
            add(scope, **wrong)  # type: ignore[arg-type]
        assert field in refused.value.by_field
    person = dot(scope)
    with pytest.raises(Invalid):
        actions.add_contact_point(scope=scope, person_id=person, kind="email", value="nobody", told_by="person")
    with pytest.raises(Invalid):
        actions.add_contact_point(scope=scope, person_id=person, kind="mobile", value="123", told_by="person")
    with pytest.raises(Invalid):
        actions.record_agreement(scope=scope, person_id=person, subject="everything", answer="yes", how="hm")


def test_a_stranger_reads_and_changes_nothing(place: Place) -> None:
    person = dot(place.worker.scope)
    theirs = place.stranger_lead.scope
    for read in (queries.banner, queries.contact_card, queries.open_record, queries.search_place):
        with pytest.raises(NotFound):
            read(theirs, person)
    assert queries.names(theirs, [person]) == {}
    assert queries.risks(theirs, person) == ()
    assert queries.people(theirs).rows == ()
    with pytest.raises(NotFound):
        actions.change_person(scope=theirs, person_id=person, expected_version=1, details=DOT)
    with pytest.raises(NotFound):
        actions.record_risk(scope=theirs, person_id=person, none_known=True)
    with pytest.raises(NotFound):
        actions.record_safe_contact(scope=theirs, person_id=person, answers=SafeAnswers(text=True))
