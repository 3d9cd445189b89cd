"""If these fail, a lead is told that support helped by numbers chosen after they were seen."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest

from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.evaluation.table import Table, read_table
from linkwell.evaluations import actions, queries
from linkwell.evaluations.tests.asking import fixed, question, run, team_steps, written
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound
from linkwell.outcomes.models import Response, ScoreOfResponse
from linkwell.people.actions import record_agreement
from linkwell.people.models import Person
from tests.place import Place, sign_in

PEOPLE = 12
NUMBER = "9434765919"


@pytest.fixture
def answers(place: Place) -> list[UUID]:
    """People who answered twice, weeks apart; their records."""
    mine, today = {"organisation_id": place.organisation_id}, clock.today()
    began = clock.now() - dt.timedelta(days=90)
    about = {"given_name": "Joan", "date_of_birth": dt.date(1948, 5, 2), "postcode": "LS1 4AP"}
    with scoped(place.system):
        people = Person.objects.bulk_create(
            Person(**mine, **about, family_name=f"Quillfeather{n}", nhs_number="" if n else NUMBER)
            for n in range(PEOPLE)
        )
        support = {"team_id": place.team_id, "worker_id": place.worker.user_id, "state": "active", "next_date": today}
        cases = Case.objects.bulk_create(
            Case(**mine, **support, person=each, opened_at=began, first_spoken_at=began) for each in people
        )
        told = [
            (Response(**mine, case=case, person_id=case.person_id, pack="ons4", pack_version=1, occasion=occasion,
                      how="asked", answered_on=today - dt.timedelta(days=days), answers={}), value)
            for n, case in enumerate(cases)
            for occasion, days, value in (("start", 80, 3 + n % 3), ("review", 10, 5 + n % 4))
        ]  # fmt: skip
        Response.objects.bulk_create([response for response, _ in told])
        ScoreOfResponse.objects.bulk_create(
            ScoreOfResponse(**mine, response=response, code="satisfied", value=value) for response, value in told
        )
    return [each.pk for each in people]


def test_a_lead_reads_what_changed_of_those_who_did_not_say_no(
    place: Place, answers: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person objected, another is on the national list, and no row says who anybody is."""
    record_agreement(
        scope=place.worker.scope, person_id=answers[1], subject="research", answer="objected", how="spoken"
    )
    actions.load_opt_outs(scope=place.administrator.scope, text=f"NHS number\n{NUMBER}\n", as_at=clock.today())
    given_up = fixed(place, team_steps(place))
    actions.end(scope=place.lead.scope, evaluation_id=given_up, expected_version=5, to="abandoned", reason="Too early")
    files: list[str] = []

    def seen(path: Path) -> Table:
        files.append(path.read_text())
        return read_table(path)

    monkeypatch.setattr("linkwell.evaluations.working.read_table", seen)
    asked = [fixed(place, team_steps(place)) for _ in range(2)]
    for each in asked:
        run(place, each)
    client = sign_in(place.lead)
    page = client.get(f"/evaluations/{asked[0]}/").content.decode()
    for words in ("better", "Protocol 2", "Too early", "did not depart", f"{PEOPLE - 2} people"):
        assert words in page
    counts = queries.result(place.lead.scope, asked[0])
    assert counts is not None
    assert (counts.counts["people"], counts.counts["objected"], counts.counts["opted_out"]) == (PEOPLE, 1, 1)
    assert client.get(f"/evaluations/{asked[0]}/report.pdf").content.startswith(b"%PDF")
    known = [NUMBER, "quillfeather", "joan", "pickering", "1948", "ls1", *map(str, answers)]
    first, second = ({row.split(",")[0] for row in file.splitlines()[1:]} for file in files)
    assert [each for each in known if any(each in file.lower() for file in files)] == []
    assert (len(first), len(second), first & second) == (PEOPLE - 2, PEOPLE - 2, set())


def test_what_is_fixed_is_never_written_again_and_not_run_before_its_end(place: Place) -> None:
    scope = place.lead.scope
    today = clock.today()
    asked = fixed(place, team_steps(place), ends_on=today)
    with pytest.raises(InvalidMove):
        actions.write(scope=scope, evaluation_id=asked, expected_version=5, step=question(minimum_n=1))
    with pytest.raises(Invalid, match="not before the end"):
        actions.run(scope=scope, evaluation_id=asked, expected_version=5)
    with pytest.raises(InvalidMove):
        actions.end(scope=scope, evaluation_id=asked, expected_version=5, to="dropped", reason="Never mind")
    with pytest.raises(NotFound):
        actions.run(scope=place.stranger_lead.scope, evaluation_id=asked, expected_version=5)
    assert sign_in(place.stranger_lead).get(f"/evaluations/{asked}/").status_code == 404
    assert sign_in(place.worker).get("/evaluations/").status_code == 404


def test_a_protocol_with_something_left_open_is_not_fixed(place: Place) -> None:
    made = written(place.lead.scope, team_steps(place)[:2])
    with pytest.raises(Invalid, match="still empty"):
        actions.fix(scope=place.lead.scope, evaluation_id=made, expected_version=3)


def test_too_few_people_get_a_reason_and_no_number(place: Place) -> None:
    asked = fixed(place, team_steps(place))
    run(place, asked)
    row = queries.evaluation(place.lead.scope, asked)
    assert (row.state, queries.result(place.lead.scope, asked)) == ("refused", None)
    page = sign_in(place.lead).get(f"/evaluations/{asked}/").content.decode()
    assert "No number is given" in page


def test_records_used_without_agreement_need_a_list_of_who_opted_out(place: Place) -> None:
    asked = fixed(place, team_steps(place), basis="approved")
    run(place, asked)
    assert "list of national opt-outs" in queries.evaluation(place.lead.scope, asked).reason


def test_a_list_with_something_else_in_it_is_not_taken(place: Place) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        actions.load_opt_outs(scope=place.administrator.scope, text=f"{NUMBER}\n1234567890\n", as_at=clock.today())
    assert queries.opt_out_lists(place.administrator.scope) == ()


def test_the_steps_are_written_in_the_browser(place: Place) -> None:
    client = sign_in(place.lead)
    today = clock.today()
    days = {"starts_on": today - dt.timedelta(days=9), "ends_on": today, "approved_on": today}
    boxes = {f"{name}_{part}": getattr(day, part) for name, day in days.items() for part in PARTS}
    sent = {"submission_key": "0190b8a0-0000-7000-8000-000000000001", "question": "Does it help?", "minimum_n": 10}
    answer = client.post("/evaluations/begin/", sent | boxes | {"basis": "service", "approved_by": "The board"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    words = {"who": f"team:{place.team_id}", "population": "Everybody", "version": 1}
    after = client.post(answer["Location"], words)
    assert after["Location"].endswith("/step/compared/")
    after = client.post(after["Location"], {"design": "paired", "comparison": "Themselves", "version": 2})
    after = client.post(after["Location"], {"outcome": "score:ons4:happy", "version": 3})
    page = client.get(after["Location"]).content.decode()
    assert "Fix it" in page
    assert client.post(answer["Location"], words).status_code == 409


PARTS = ("day", "month", "year")
