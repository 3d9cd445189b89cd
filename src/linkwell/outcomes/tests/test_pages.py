"""If these fail, asking four questions takes longer than a minute, or an answer goes astray on the way."""

from uuid import UUID

from django.urls import reverse

from linkwell.casework import queries as casework
from linkwell.casework.tests.helpers import supported
from linkwell.casework.tests.pages import parsed
from linkwell.kernel import clock
from linkwell.outcomes import queries
from linkwell.outcomes.tests.helpers import answered
from tests.place import Place, sign_in


def person_of(place: Place, case_id: UUID) -> UUID:
    return casework.case_row(place.worker.scope, case_id).person_id


def test_four_taps_and_one_button_are_all_it_takes(place: Place) -> None:
    case_id = supported(place)
    client, where = sign_in(place.worker), reverse("outcomes:ask", args=[case_id, "ons4"])
    form = parsed(client.get(where)).select_one("main form[method=post].lw-form--wide")
    assert form is not None
    sent = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden]")}
    for select in form.select("select"):
        sent[str(select["name"])] = next(str(each["value"]) for each in select.select("option[selected]"))
    taps = {"q_satisfied": "7", "q_worthwhile": "8", "q_happy": "6", "q_anxious": "none"}
    answer = client.post(where, sent | taps)
    assert answer.status_code == 302
    (row,) = queries.responses_of(place.worker.scope, [person_of(place, case_id)])
    assert dict(row.answers) == {"satisfied": 7, "worthwhile": 8, "happy": 6, "anxious": None}
    assert (row.how, row.occasion, row.answered_on) == ("asked", "start", clock.today())


def test_what_was_tapped_stays_when_something_is_wrong(place: Place) -> None:
    case_id = supported(place)
    client, where = sign_in(place.worker), reverse("outcomes:ask", args=[case_id, "ons4"])
    key = "0b2b7f3e-9f55-4c60-a8a1-0d3a37c2c111"
    answer = client.post(where, {"submission_key": key, "occasion": "start", "how": "proxy", "q_happy": "3"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.select_one('input[name="q_happy"][value="3"][checked]')
    assert "Say who answered for them." in answer.content.decode()
    empty = client.post(where, {"submission_key": key, "occasion": "start", "how": "asked"})
    assert empty.status_code == 422
    assert "Nothing is answered yet" in empty.content.decode()


def test_the_person_page_says_how_they_are_over_time(place: Place) -> None:
    case_id = supported(place)
    person_id = person_of(place, case_id)
    client = sign_in(place.worker)
    where = reverse("journey:person", args=[person_id])
    assert "No questionnaire answered yet." in client.get(where).content.decode()
    answered(place, case_id)
    said = client.get(where).content.decode()
    assert "Lower is better." in said
    assert "lw-line" in said
    copy = client.get(reverse("journey:record", args=[person_id])).content.decode()
    assert "Satisfied with life: 7 (high)" in copy


def test_answers_that_were_put_right_lead_to_what_counts(place: Place) -> None:
    case_id = supported(place)
    made = answered(place, case_id)
    client, where = sign_in(place.worker), reverse("outcomes:correct", args=[made])
    key = "0b2b7f3e-9f55-4c60-a8a1-0d3a37c2c112"
    sent = {"submission_key": key, "occasion": "start", "how": "asked", "q_happy": "1", "reason": "Heard wrongly"}
    answer = client.post(where, sent)
    assert answer.status_code == 302
    assert "See what counts" in client.get(reverse("outcomes:response", args=[made])).content.decode()
    assert client.get(where).status_code == 404
    assert "Heard wrongly" in client.get(answer["Location"]).content.decode()


def test_what_cannot_be_asked_here_is_said_why(place: Place) -> None:
    case_id = supported(place)
    client = sign_in(place.worker)
    assert "names the clinician" in client.get(reverse("outcomes:choose", args=[case_id])).content.decode()
    assert client.get(reverse("outcomes:ask", args=[case_id, "phq9"])).status_code == 302
    assert client.get(reverse("outcomes:ask", args=[case_id, "nothing"])).status_code == 404


def test_a_stranger_finds_no_page(place: Place) -> None:
    case_id = supported(place)
    made = answered(place, case_id)
    client = sign_in(place.stranger)
    pages = [reverse("outcomes:choose", args=[case_id]), reverse("outcomes:ask", args=[case_id, "ons4"])]
    pages += [reverse(f"outcomes:{name}", args=[made]) for name in ("response", "correct")]
    pages += [reverse("outcomes:scores", args=[person_of(place, case_id)])]
    assert {client.get(page).status_code for page in pages} == {404}
