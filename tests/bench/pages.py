"""The pages that are measured, each with who opens it."""

from django.test import Client

from linkwell.core.scope import Scope
from linkwell.demo.place import DemoPlace
from linkwell.impact.months import Month
from tests.bench.place import member_of, some_id
from tests.place import sign_in

# Opened by few, a few times a month, over everything of one month: its seconds count and not its ratio.
SELDOM = frozenset({"monthly report"})
ACTIVE = "SELECT id FROM casework_case WHERE state = 'active' AND worker_id = %s ORDER BY id OFFSET 5 LIMIT 1"


def pages(place: DemoPlace) -> dict[str, tuple[Client, str, Scope]]:
    """By name: the browser, the address, and under which scope its statements are explained."""
    worker, lead = place.workers[0], place.lead
    of_worker, of_lead = sign_in(member_of(worker)), sign_in(member_of(lead))
    case_id = some_id(ACTIVE, worker.user_id)
    person_id = some_id("SELECT person_id FROM casework_case WHERE id = %s", case_id)
    family = some_id("SELECT family_name FROM people_person WHERE id = %s", person_id)
    return {
        "one indexed question": (of_worker, f"/one-question/{person_id}/", worker),
        "Today, link worker": (of_worker, "/", worker),
        "Today, team lead": (of_lead, "/", lead),
        "caseload": (of_worker, "/support/caseload/", worker),
        "person": (of_worker, f"/people/{person_id}/", worker),
        "support (case)": (of_worker, f"/support/{case_id}/", worker),
        "triage": (of_lead, "/referrals/triage/", lead),
        "people, first page": (of_worker, "/people/", worker),
        "people search": (of_worker, f"/people/?q={family}", worker),
        "search everything": (of_worker, f"/search/?q={family}", worker),
        "service search": (of_worker, "/services/?q=lunch", worker),
        "tasks": (of_worker, "/tasks/", worker),
        "messages sent": (of_lead, "/messages/", lead),
        "waiting for a worker": (of_lead, "/support/waiting/", lead),
        "monthly report": (of_lead, f"/report/{Month.last_whole()}/", lead),
    }
