"""If these fail, a record is kept for ever, goes too early, goes though somebody needs it, or by one person's word."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import duckdb
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import ClosingDetails
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.core.permissions import Role
from linkwell.hospital.activity.actions import import_files
from linkwell.hospital.activity.queries import files
from linkwell.hospital.tests.candidate_people import a_hospital
from linkwell.journey.handlers import leave_out_of_activity, let_go
from linkwell.journey.queries import retention as queries
from linkwell.journey.tests.people import person_of, supported, talk
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.people import actions as people
from linkwell.people.actions import retention as actions
from linkwell.people.actions.retention import stop_disposal
from linkwell.people.details import PersonDetails
from linkwell.people.models import Person
from linkwell.people.retention import keep_until
from tests.place import Member, Place, make_member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
LATER = dt.timedelta(days=8 * 366)


def ended(place: Place) -> UUID:
    """Somebody whose support has ended."""
    case_id = supported(place)
    talk(place, case_id)
    scope = place.worker.scope
    casework.close(
        scope=scope,
        case_id=case_id,
        expected_version=cases.case(scope, case_id).version,
        closing=ClosingDetails(reason="goals_met"),
    )
    return person_of(place, case_id)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("last", "born", "until"),
    [
        ((2020, 3, 1), (1950, 1, 1), ((2028, 3, 1), "adult")),
        ((2020, 3, 1), None, ((2028, 3, 1), "adult")),
        ((2020, 3, 1), (2004, 6, 1), ((2029, 6, 1), "child")),
        ((2022, 6, 1), (2004, 6, 1), ((2030, 6, 1), "adult")),
        ((2020, 2, 29), (1950, 1, 1), ((2028, 2, 29), "adult")),
        ((2012, 1, 1), (2004, 2, 29), ((2029, 3, 1), "child")),
    ],
)
def test_how_long_a_record_is_kept(
    last: tuple[int, int, int], born: tuple[int, int, int] | None, until: tuple[tuple[int, int, int], str]
) -> None:
    assert keep_until(dt.date(*last), dt.date(*born) if born else None) == (dt.date(*until[0]), until[1])


def test_a_record_is_listed_when_its_time_is_over_and_not_before(place: Place) -> None:
    person_id = ended(place)
    assert queries.due_records(place.lead.scope).rows == ()
    with time_machine.travel(clock.now() + LATER):
        (row,) = queries.due_records(place.lead.scope).rows
        assert (row.records, row.kind) == ((person_id,), "adult")
        people.place_hold(scope=place.lead.scope, person_id=person_id, reason="An inquiry")
        assert queries.due_records(place.lead.scope).rows == ()


def test_somebody_who_is_supported_is_never_listed(place: Place) -> None:
    supported(place)
    with time_machine.travel(clock.now() + LATER):
        assert queries.due_records(place.lead.scope).rows == ()


def test_one_lead_proposes_having_seen_what_would_go_and_another_agrees(place: Place, client_for: SignIn) -> None:
    person_id = ended(place)
    with time_machine.travel(clock.now() + LATER):
        first, second = client_for(place.lead), client_for(place.safeguarding_lead)
        assert "Joan Pickering" in first.get("/records/").content.decode()
        preview = first.get(reverse("journey:retention_preview", args=[person_id]))
        table = BeautifulSoup(preview.content, "html.parser").get_text(" ", strip=True)
        for what in ("person", "case", "interaction", "timeline entry", "referral"):
            assert f" {what} " in table
        at = first.post(reverse("journey:retention_preview", args=[person_id]))["Location"]
        assert "A second person has to agree" in first.get(at).content.decode()
        first.post(f"{at}agree/", {"version": 1})
        row = queries.disposals(place.lead.scope, waiting=True).rows[0]
        assert row.state == "proposed"
        assert "I have looked and agree" in second.get(at).content.decode()
        second.post(f"{at}agree/", {"version": 1})
    assert queries.disposal(place.lead.scope, row.id).state == "agreed"
    with scoped(place.system):
        assert OutboxEvent.objects.filter(event="disposal.agreed", object_id=row.id).exists()
    people.place_hold(scope=place.lead.scope, person_id=person_id, reason="A claim")
    assert stop_disposal(scope=place.system, disposal_id=row.id) is True
    assert queries.disposal(place.lead.scope, row.id).state == "kept"
    let_go(place.system, row.id)


def test_what_is_held_is_not_proposed_and_what_is_kept_after_all_says_why(place: Place, client_for: SignIn) -> None:
    person_id = ended(place)
    today = clock.today()
    hold = people.place_hold(scope=place.lead.scope, person_id=person_id, reason="An inquiry")
    with pytest.raises(Invalid, match="reason to keep"):
        people.propose_disposal(scope=place.lead.scope, kind="asked", records=[person_id], due_on=today)
    client, page = client_for(place.lead), reverse("journey:hold", args=[person_id])
    assert "An inquiry" in client.get(page).content.decode()
    client.post(reverse("journey:end_hold", args=[person_id, hold]))
    assert "An inquiry" not in client.get(page).content.decode()
    made = people.propose_disposal(scope=place.lead.scope, kind="asked", records=[person_id], due_on=today)
    keep = reverse("journey:keep_disposal", args=[made])
    client.post(keep, {"version": 1, "reason": ""})
    assert queries.disposal(place.lead.scope, made).state == "proposed"
    client.post(keep, {"version": 1, "reason": "They came back"})
    assert queries.disposal(place.lead.scope, made).state == "kept"


def test_somebody_who_came_back_after_it_was_proposed_is_not_erased(place: Place) -> None:
    person_id = ended(place)
    with time_machine.travel(clock.now() + LATER):
        (due,) = queries.due_records(place.lead.scope).rows
        made = people.propose_disposal(scope=place.lead.scope, kind=due.kind, records=[person_id], due_on=due.due_on)
        again = person_of(place, supported(place))
        people.link_identity(scope=place.worker.scope, record_id=person_id, same_as_id=again, reason="I asked")
        actions.agree_disposal(scope=place.safeguarding_lead.scope, disposal_id=made, expected_version=1)
        let_go(place.system, made)
    assert queries.disposal(place.lead.scope, made).state == "kept"
    assert queries.keeping(place.lead.scope, person_id).due_on is None


def test_two_records_of_one_person_go_together_or_not_at_all(place: Place) -> None:
    person_id = ended(place)
    with time_machine.travel(clock.now() + LATER):
        other = people.add_person(scope=place.worker.scope, details=PersonDetails("Joan", "Pickering"))
        people.link_identity(scope=place.worker.scope, record_id=person_id, same_as_id=other, reason="I asked")
        assert queries.due_records(place.lead.scope).rows == ()
        people.place_hold(scope=place.lead.scope, person_id=other, reason="A claim")
        with pytest.raises(Invalid, match="reason to keep"):
            people.propose_disposal(scope=place.lead.scope, kind="asked", records=[person_id], due_on=clock.today())


def test_only_leads_see_and_decide_it(place: Place, client_for: SignIn) -> None:
    person_id = ended(place)
    for member in (place.worker, place.stranger_lead, place.referrer, place.administrator):
        assert client_for(member).get(reverse("journey:hold", args=[person_id])).status_code == 404
    assert client_for(place.worker).get("/records/").status_code == 404


def test_whoever_goes_from_a_trust_goes_from_its_activity_files(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("linkwell.hospital.activity.store.linkwell_home", lambda: tmp_path)
    hospital = a_hospital()
    one, two = (make_member(name, Role.TEAM_LEAD, hospital.organisation_id).scope for name in ("Ann Lee", "Bo Hart"))
    with scoped(one):
        person = Person.objects.create(
            organisation_id=hospital.organisation_id, given_name="Ada", family_name="Moss", nhs_number="9434765919"
        )
    told = tmp_path / "stays.csv"
    told.write_text("spell_id,person_id,admitted_at\nS1,9434765919,2025-12-30\nS2,P2,2026-01-02\n")
    import_files(scope=hospital.system, kind="spells", paths=[told])
    made = actions.propose_disposal(scope=one, kind="asked", records=[person.pk], due_on=clock.today())
    actions.agree_disposal(scope=two, disposal_id=made, expected_version=1)
    leave_out_of_activity(hospital.system, made)
    kept = [str(path) for path in files(hospital.system)["spells"]]
    assert duckdb.execute("select spell_id from read_parquet(?)", [kept]).fetchall() == [("S2",)]
