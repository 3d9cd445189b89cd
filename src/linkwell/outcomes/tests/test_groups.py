"""If these fail, a group reads whose answer it was, or what somebody wanted used for nothing."""

import datetime as dt
from uuid import UUID

from linkwell.casework.models import Case
from linkwell.core.database import scoped
from linkwell.directory.models import CommunityOrganisation, Service
from linkwell.kernel import clock
from linkwell.onward.models import Attendance, OnwardReferral
from linkwell.onward.tests.conftest import GROUP_EMAIL
from linkwell.onward.tests.test_listing import own_page
from linkwell.outcomes.actions import record_use
from linkwell.outcomes.details import UseDetails
from linkwell.outcomes.models import Response, ScoreOfResponse
from linkwell.people.models import Agreement, Person
from tests.place import Place


def came(place: Place, many: int, said_no: int = 0, told_by: str = "link") -> UUID:
    """So many people who came to one group and answered twice, long ago, a point or two better; the group's listing."""
    mine, month = {"organisation_id": place.organisation_id}, clock.today().replace(day=1)
    began = clock.at(month - dt.timedelta(days=90), dt.time(10))
    with scoped(place.system):
        group = CommunityOrganisation.objects.create(**mine, name="Friends")
        service = Service.objects.create(
            **mine, community_organisation=group, name="Tuesday Table", referral_email=GROUP_EMAIL
        )
        people = Person.objects.bulk_create(
            Person(**mine, given_name="Beryl", family_name=f"Thackray{n}") for n in range(many)
        )
        by = {"worker_id": place.worker.user_id}
        cases = Case.objects.bulk_create(
            Case(**mine, **by, person=each, team_id=place.team_id, state="active", next_date=month, opened_at=began,
                 first_spoken_at=began) for each in people
        )  # fmt: skip
        for place_in_row, (case, person) in enumerate(zip(cases, people, strict=True)):
            agreed = Agreement.objects.create(**mine, person=person, subject="support", answer="agreed", how="spoken")
            if place_in_row < said_no:
                Agreement.objects.create(**mine, person=person, subject="research", answer="objected", how="spoken")
            sent = OnwardReferral.objects.create(
                **mine, **by, case=case, person=person, service=service, agreement=agreed, first_name="Beryl",
                need_words="Company", group_email=GROUP_EMAIL, sent_at=began, overdue_on=month, state="attended",
            )  # fmt: skip
            Attendance.objects.create(**mine, onward_referral=sent, on=began.date(), came=True, told_by_kind=told_by)
            for days, value in ((80, 3 + place_in_row % 3), (10, 5 + place_in_row % 2)):
                response = Response.objects.create(
                    **mine, case=case, person=person, pack="ons4", pack_version=1, occasion="start", how="asked",
                    answered_on=month - dt.timedelta(days=days), answers={},
                )  # fmt: skip
                ScoreOfResponse.objects.create(**mine, response=response, code="satisfied", value=value)
    return service.pk


def test_a_group_reads_which_way_its_people_changed_and_where_that_went(place: Place) -> None:
    service_id = came(place, 13, said_no=1)
    used = clock.today()
    period = (used - dt.timedelta(days=400), used)
    record_use(scope=place.lead.scope, use=UseDetails("the board", "Our autumn report", used, *period))
    client, keep = own_page(place, service_id)
    page = client.get(f"{keep}what-changed/").content.decode()
    assert "Better on average" in page
    # Twelve answered twice and did not say no; only the nearest five is told, and no mean.
    assert "About 10" in page
    assert "12" not in page.split("<table")[1].split("</table>")[0]
    assert "Results of people who came to you went to the board" in page
    assert "Beryl" not in page
    assert "What changed for people who came to you" in client.get(f"{keep}people/").content.decode()


def test_of_a_few_and_of_those_the_group_told_nothing_of_there_is_no_word(place: Place) -> None:
    client, keep = own_page(place, came(place, 9))
    assert "Too few have answered twice" in client.get(f"{keep}what-changed/").content.decode()
    client, keep = own_page(place, came(place, 12, told_by="user"))
    assert "No answers yet" in client.get(f"{keep}what-changed/").content.decode()
