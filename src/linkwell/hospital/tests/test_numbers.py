"""If these fail, a hospital is told something about itself that its numbers do not say, or a person is recognised."""

import datetime as dt

import pytest

from linkwell.cohorts.profiling import judged
from linkwell.core.database import scoped
from linkwell.hospital.actions import candidates as offering
from linkwell.hospital.actions.counting import keep_months
from linkwell.hospital.charts import control_chart
from linkwell.hospital.freeing import freed
from linkwell.hospital.models import Candidate, Offer
from linkwell.hospital.queries import numbers
from linkwell.hospital.tests.candidate_people import a_hospital, a_patient, found
from linkwell.kernel import clock
from tests.place import Place, sign_in


def test_capacity_has_an_interval_says_no_effect_and_nothing_of_too_few() -> None:
    assert freed([3] * 19, [5] * 400) is None
    none = freed([1, 5] * 10, [1, 5] * 50)
    assert none is not None
    assert none.low < 0 < none.high
    some = freed([2, 4] * 15, [6, 8] * 30)
    assert some is not None
    assert (some.stays, some.days) == (30, 120)
    assert 100 < some.low < 120 < some.high < 140


def test_a_month_outside_what_was_usual_is_ringed_and_a_short_past_has_no_band() -> None:
    rows = [(f"20{24 + number // 12}-{number % 12 + 1:02}", 50, 1000) for number in range(24)]
    rows[-1] = (rows[-1][0], 90, 1000)
    chart = control_chart(judged(rows))
    assert [spot.unusual for spot in chart.spots] == [False] * 23 + [True]
    assert chart.usual
    assert not control_chart(judged(rows[:8])).usual


@pytest.mark.django_db
@pytest.mark.fault("F28")
def test_the_page_counts_people_for_its_own_staff_and_no_file_of_them_leaves(place: Place) -> None:
    hospital = a_hospital()
    patients = [a_patient(hospital, f"Joan Made{number}", sex="F" if number < 7 else "M") for number in range(9)]
    found(hospital, *patients)
    with scoped(hospital.system):
        row = Candidate.objects.order_by("pk")[0]
    offering.offer(scope=hospital.clerk.scope, candidate_id=row.pk, expected_version=1, answer="accepted")
    months = [(dt.date(2024 + number // 12, number % 12 + 1, 1), 3 if number else 52, 1001) for number in range(24)]
    keep_months(scope=hospital.system, counts={"repeat_attendance": months})
    sexes = {row.group: (row.found, row.accepted) for row in numbers.reached(hospital.administrator.scope)["sex"]}
    assert sexes == {"Female": (7, 1), "Male": (2, 0)}
    client = sign_in(hospital.administrator)
    page = client.get("/hospital/numbers/").content.decode()
    assert "polyline" in page
    assert "We cannot say yet." in page
    assert "saving" not in page.lower()
    assert "Do not pass them on" in page
    assert "Joan" not in page
    assert "as=csv" not in page
    asked = client.get("/hospital/numbers/?as=csv")
    assert asked.headers["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in asked.headers
    assert sign_in(place.administrator).get("/hospital/numbers/").status_code == 404


@pytest.mark.django_db
def test_an_administrator_sets_the_legal_basis_and_everybody_reads_it() -> None:
    hospital = a_hospital()
    given = {"asked": "on", "legal_basis": "Article 6(1)(e), agreed by our board"}
    client = sign_in(hospital.administrator)
    assert client.post("/hospital/rules/long_stay/", {"asked": "on"}).status_code == 422
    assert client.post("/hospital/rules/long_stay/", given).status_code == 302
    assert "agreed by our board" in sign_in(hospital.clerk).get("/hospital/people/").content.decode()
    assert sign_in(hospital.clerk).post("/hospital/rules/long_stay/", given).status_code == 404
    assert client.get("/hospital/rules/nothing/").status_code == 404


@pytest.mark.django_db
def test_who_came_back_this_year_counts_and_what_was_offered_before_it_does_not() -> None:
    """Else whoever comes to hospital for years drops out of who is reached, and old offers stay in it."""
    hospital = a_hospital()
    back, long_ago, offered_again = (a_patient(hospital, f"Joan Made{number}", sex="F") for number in range(3))
    found(hospital, back, long_ago, offered_again)
    before = clock.now() - dt.timedelta(days=400)
    with scoped(hospital.system):
        rows = {row.patient_id: row for row in Candidate.objects.all()}
    for patient in (back, long_ago, offered_again):
        row = rows[patient.pk]
        offering.offer(scope=hospital.clerk.scope, candidate_id=row.pk, expected_version=1, answer="accepted")
    with scoped(hospital.system):
        Candidate.objects.update(created_at=before)
        Candidate.objects.exclude(patient=back).update(found_at=before)
        Offer.objects.exclude(candidate__patient=offered_again).update(offered_at=before, answered_at=before)
    sexes = numbers.reached(hospital.administrator.scope)["sex"]
    assert [(row.group, row.found, row.offered, row.accepted) for row in sexes] == [("Female", 2, 1, 1)]
