"""Helps for tests of the pages."""

import datetime as dt
import re
from typing import Any
from uuid import UUID, uuid4

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from linkwell.casework import actions, queries
from linkwell.casework.details import AppointmentDetails, ToldAgreements
from linkwell.casework.tests.helpers import a_plan, accepted, refer, talk
from linkwell.kernel import clock
from linkwell.people import actions as people
from tests.place import Place, sign_in


def fill(place: Place, name: str, rows: int) -> None:
    for number in range(rows):
        if name == "received":
            sent_summary(place, given_name=f"P{number}")
        else:
            accepted(place, place.worker.user_id if name == "caseload" else None, given_name=f"P{number}")


def accept(client: Client, referral_id: UUID, place: Place) -> UUID:
    post(
        client,
        "casework:accept",
        {"referral_id": referral_id},
        version=1,
        worker=str(place.worker.user_id),
        level="low",
    )
    found = queries.case_of_referral(place.lead.scope, referral_id)
    assert found is not None
    return found.id


def post(client: Client, name: str, where: dict[str, Any], **typed: Any) -> Any:
    answer = client.post(reverse(name, kwargs=where), typed)
    assert answer.status_code == 302, BeautifulSoup(answer.content, "html.parser").find(class_="nhsuk-error-summary")
    return answer


def said(note: str, **given: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "version": 1,
        "submission_key": str(uuid4()),
        "outcome": "talked",
        "kind": "phone",
        "note": note,
        "when": "2",
        "happened_on_day": today.day,
        "happened_on_month": today.month,
        "happened_on_year": today.year,
        "happened_at": "12:01am",
    } | given


def version(place: Place, case_id: UUID) -> int:
    return queries.case(place.worker.scope, case_id).version


def parsed(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def one(page: BeautifulSoup, selector: str) -> Any:
    found = page.select(selector)
    assert found, f"there is no {selector} on the page"
    return found[0]


def plain(content: bytes) -> str:
    """A page without what is different every time."""
    return re.sub(r'(value|data-csrf)="[A-Za-z0-9]{64}"', "", content.decode())


def with_unknown_id(url: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), url)


def sent_summary(place: Place, note: str = "A talk.", third: str = "", **given: Any) -> UUID:
    case_id = accepted(place, place.worker.user_id, **given)
    talk(place.worker.scope, case_id, note=note, third_party_note=third)
    person_id = queries.case(place.worker.scope, case_id).person_id
    people.record_risk(scope=place.worker.scope, person_id=person_id, none_known=True)
    actions.record_who_may_hear(
        scope=place.worker.scope, case_id=case_id, answers=ToldAgreements(asked_alone=True, gp_summary=True)
    )
    made = actions.prepare_message_back(
        scope=place.worker.scope, case_id=case_id, recipient_organisation_id=place.practice_id
    )
    actions.send_message_back(scope=place.worker.scope, summary_id=made)
    return made


def urls_of_a_case(place: Place) -> list[tuple[str, str, Client]]:
    """Every page about one case, with a browser of somebody who may open it."""
    summary_id = sent_summary(place)
    case_id = queries.summary_made(place.worker.scope, summary_id).case_id
    a_plan(place.worker.scope, case_id)
    talked = queries.interactions(place.worker.scope, case_id)[0].id
    booked = actions.book_appointment(
        scope=place.worker.scope,
        case_id=case_id,
        details=AppointmentDetails(starts_at=clock.now() + dt.timedelta(days=1)),
    )
    worker, lead = sign_in(place.worker), sign_in(place.lead)
    names = (
        "case write_up first book plan agree versions plan_print plan_pdf close who_may_hear next reopen"
        " summaries separate_note"
    )
    urls = [(name, reverse(f"casework:{name}", args=[case_id]), worker) for name in names.split()]
    urls += [(name, reverse(f"casework:{name}", args=[case_id]), lead) for name in ("allocate", "put_back", "weigh")]
    urls += [(name, reverse(f"casework:{name}", args=[talked]), worker) for name in ("conversation", "correct")]
    urls += [(name, reverse(f"casework:{name}", args=[booked]), worker) for name in ("move", "cancel")]
    names = "summary summary_pdf summary_json send_summary"
    urls += [(name, reverse(f"casework:{name}", args=[summary_id]), worker) for name in names.split()]
    urls.append(("accept", reverse("casework:accept", args=[refer(place, given_name="New")]), lead))
    return urls
