"""If these fail, somebody is handed a plan that they cannot read."""

from uuid import UUID

import pytest

from linkwell.casework import actions, queries
from linkwell.casework.tests.helpers import supported
from linkwell.people import actions as people
from linkwell.people.access import AccessWords
from tests.place import Place, sign_in

pytestmark = pytest.mark.django_db


def reading(place: Place, form: str) -> UUID:
    case_id = supported(place)
    person_id = queries.case(place.worker.scope, case_id).person_id
    words = AccessWords(reading=form, language="Arabic", interpreter="spoken", adjustments="A quiet room")
    people.record_access(scope=place.worker.scope, person_id=person_id, expected_version=0, access=words)
    return case_id


READ = [("large", "plan-large-print.pdf"), ("easy_read", "plan-easy-read.pdf"), ("standard", "plan.pdf")]


@pytest.mark.parametrize(("form", "file"), READ)
def test_the_plan_is_made_in_the_print_they_like(place: Place, form: str, file: str) -> None:
    client, case_id = sign_in(place.worker), reading(place, form)
    assert file in client.get(f"/support/{case_id}/plan/plan.pdf").headers["Content-Disposition"]
    other = client.get(f"/support/{case_id}/plan/plan.pdf?layout=standard").headers["Content-Disposition"]
    assert '"plan.pdf"' in other


def test_the_page_to_print_is_large_by_itself(place: Place) -> None:
    page = sign_in(place.worker).get(f"/support/{reading(place, 'large')}/plan/print/").content.decode()
    assert "lw-large-print" in page


def test_what_we_cannot_print_is_said(place: Place) -> None:
    page = sign_in(place.worker).get(f"/support/{reading(place, 'braille')}/plan/print/").content.decode()
    assert "Braille" in page
    assert "Have it made" in page


def test_the_summary_a_worker_prints_is_large_too(place: Place) -> None:
    case_id = reading(place, "large")
    scope = place.worker.scope
    people.record_risk(scope=scope, person_id=queries.case(scope, case_id).person_id, none_known=True)
    summary_id = actions.prepare_message_back(scope=scope, case_id=case_id)
    client, address = sign_in(place.worker), f"/support/summaries/{summary_id}/summary.pdf"
    large, standard = client.get(address).content, client.get(f"{address}?layout=standard").content
    assert large == client.get(f"{address}?layout=large_print").content
    assert large != standard
