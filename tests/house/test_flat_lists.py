"""If these fail, a page that is quick with one row is slow with a year's worth."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.accounts.models import BrowsingFlag, Network, NetworkMembership, Organisation, Team, User
from linkwell.attachments.preparing import Ready
from linkwell.casework import actions as casework
from linkwell.casework import queries as casework_queries
from linkwell.casework.actions.files import attach_to_case
from linkwell.casework.details import ConversationDetails
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.demo.bulk import copy_people
from linkwell.directory import actions as directory
from linkwell.directory.models import Service, TwiceListed
from linkwell.groupwork import actions as groupwork
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.hospital.models import (
    Candidate,
    CandidateReason,
    CommunityHelp,
    FollowUp,
    HomeItem,
    HomeList,
    Patient,
    Programme,
    ReadyPeriod,
    Stay,
)
from linkwell.impact.months import Month
from linkwell.kernel import clock
from linkwell.onward import actions as onward
from linkwell.onward.details import SignpostDetails
from linkwell.people import actions as people
from linkwell.people import queries
from linkwell.people.details import AboutMeWords, PersonDetails, RelatedDetails
from linkwell.showcase.models import Release
from linkwell.tasks.actions import open_task
from tests.deciding import record_who_decides
from tests.place import make_member
from tests.prove.copies import copied
from tests.team import more_colleagues
from tests.world import World, keep_a_listing

pytestmark = pytest.mark.xdist_group("world")
MANY = 20
LISTS: list[tuple[Role, str]] = [
    (Role.LINK_WORKER, "/"),
    (Role.TEAM_LEAD, "/"),
    (Role.SAFEGUARDING_LEAD, "/"),
    (Role.ADMINISTRATOR, "/"),
    (Role.REFERRER, "/"),
    (Role.LINK_WORKER, "/support/caseload/"),
    (Role.TEAM_LEAD, "/releases/"),
    (Role.TEAM_LEAD, "/support/waiting/"),
    (Role.TEAM_LEAD, "/team/"),
    (Role.TEAM_LEAD, "/team/cover/"),
    (Role.TEAM_LEAD, "/team/moves/"),
    (Role.TEAM_LEAD, "/team/talks/"),
    (Role.TEAM_LEAD, "/team/visits/"),
    (Role.LINK_WORKER, "/team/supervision/"),
    (Role.TEAM_LEAD, "/team/supervision/due/"),
    (Role.TEAM_LEAD, "/away/"),
    (Role.REFERRER, "/support/received/"),
    (Role.TEAM_LEAD, "/referrals/triage/"),
    (Role.REFERRER, "/referrals/mine/"),
    (Role.LINK_WORKER, "/referrals/batches/"),
    (Role.LINK_WORKER, "/people/?q=a"),
    (Role.LINK_WORKER, "/search/?q=a"),
    (Role.LINK_WORKER, "/services/"),
    (Role.LINK_WORKER, "/services/?q=lunch"),
    (Role.TEAM_LEAD, "/services/missing/all/"),
    (Role.ADMINISTRATOR, "/services/feeds/"),
    (Role.ADMINISTRATOR, "/services/feeds/differences/"),
    (Role.ADMINISTRATOR, "/services/feeds/held-back/"),
    (Role.ADMINISTRATOR, "/services/feeds/twice/"),
    (Role.ADMINISTRATOR, "/services/feeds/twice/decided/"),
    (Role.LINK_WORKER, "/groups/"),
    (Role.LINK_WORKER, "/groups/clinics/"),
    (Role.LINK_WORKER, "/groups/meetings/"),
    (Role.REFERRER, "/groups/at-our-practice/"),
    (Role.CLINICIAN, "/hospital/people/"),
    (Role.CLINICIAN, "/hospital/going-home/"),
    (Role.CLINICIAN, "/hospital/going-home/wall/"),
    (Role.CLINICIAN, "/hospital/follow-ups/"),
    (Role.CLINICIAN, "/hospital/programmes/"),
    (Role.LINK_WORKER, "/tasks/"),
    (Role.TEAM_LEAD, "/tasks/"),
    (Role.TEAM_LEAD, "/messages/"),
    (Role.SAFEGUARDING_LEAD, "/safeguarding/"),
    (Role.LINK_WORKER, "/onward/overdue/"),
    (Role.TEAM_LEAD, "/overdue/"),
    (Role.TEAM_LEAD, "/records/"),
    (Role.ADMINISTRATOR, "/unfinished/"),
    (Role.ADMINISTRATOR, "/people-who-work-here/"),
    (Role.ADMINISTRATOR, "/admin/teams/"),
    (Role.ADMINISTRATOR, "/admin/networks/"),
    (Role.TEAM_LEAD, "/admin/unusual-opening/"),
    (Role.TEAM_LEAD, f"/report/{Month.last_whole()}/"),
    (Role.TEAM_LEAD, f"/report/{Month.last_whole()}/by/referrer/"),
    (Role.TEAM_LEAD, f"/report/{Month.last_whole()}/received/"),
    (Role.ADMINISTRATOR, "/report/list-sizes/"),
    (Role.TEAM_LEAD, "/support/gp-record/"),
    (Role.TEAM_LEAD, "/evaluations/"),
    (Role.TEAM_LEAD, "/evaluations/who-gets-there/"),
    (Role.LINK_WORKER, "/outcomes/results/"),
    (Role.TEAM_LEAD, "/outcomes/results/?of=team"),
    (Role.TEAM_LEAD, "/outcomes/stories/to-check/"),
]
# Lists whose first page was full before, and two that copied lives do not lengthen.
NO_LONGER = {"/services/", "/services/?q=lunch", "/messages/", "/support/received/", "/unfinished/", "/records/"}
# Larger numbers are no longer page, and copied lives bring no other referrers and practices.
NO_LONGER |= {f"/report/{Month.last_whole()}/", f"/report/{Month.last_whole()}/by/referrer/", "/report/list-sizes/"}
NO_LONGER |= {"/outcomes/results/", "/outcomes/results/?of=team"}
# Evaluations are of the place, and small groups of people are told of by a sentence.
NO_LONGER |= {"/evaluations/", "/evaluations/who-gets-there/"}
LONGER = 300
OF_ONE_PERSON = (
    "/people/{person_id}/",
    "/people/{person_id}/contacts/",
    "/people/{person_id}/needs/",
    "/people/{person_id}/together/",
    "/people/{person_id}/responsible/",
    "/people/{person_id}/deciding/",
    "/groups/sessions/{session_id}/",
    "/groups/meetings/{meeting_id}/",
    "/people/{person_id}/about-me/earlier/",
    "/people/{person_id}/who-has-looked/",
    "/people/{person_id}/record/",
    "/support/{case_id}/",
    "/support/{case_id}/files/",
    "/support/{case_id}/plan/",
    "/onward/for/{case_id}/",
)


def statements(client: Client, url: str) -> tuple[int, int]:
    """How many statements a page takes, and its length."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured), len(response.content)


def test_a_list_of_many_takes_no_more_statements_than_a_list_of_few(world: World) -> None:
    with copied(world):
        _look_up_what_is_looked_up_once(world)
        few = {each: statements(world.client(world.members[each[0]]), each[1]) for each in LISTS}
        copy_people(4, lambda words, done, total: None)
        _more_of_the_place(world)
        # What finding keeps in memory is read anew once.
        world.client(world.members[Role.LINK_WORKER]).get("/search/?q=a")
        many = {each: statements(world.client(world.members[each[0]]), each[1]) for each in LISTS}
    assert {each: (few[each], many[each]) for each in LISTS if many[each][0] > few[each][0]} == {}
    # Had the lists not grown, this would prove nothing.
    assert {each[1] for each in LISTS if many[each][1] <= few[each][1] + LONGER} <= NO_LONGER | {"/"}


def _look_up_what_is_looked_up_once(world: World) -> None:
    for role, url in LISTS:
        world.client(world.members[role]).get(url)


def test_a_long_history_takes_no_more_statements_than_a_short_one(world: World) -> None:
    pages = [each.format(**world.ids) for each in OF_ONE_PERSON]
    with copied(world):
        client = world.client(world.members[Role.LINK_WORKER])
        _history(world, 1)
        for url in pages:
            client.get(url)
        few = {url: statements(client, url) for url in pages}
        _history(world, MANY)
        many = {url: statements(client, url) for url in pages}
    assert {url: (few[url], many[url]) for url in pages if many[url][0] > few[url][0]} == {}
    assert sum(many[url][1] > few[url][1] + LONGER for url in pages) >= len(pages) - 2


def _more_of_the_place(world: World) -> None:
    """What copied lives do not bring: more staff, teams, networks, missing services and flags."""
    organisation_id = world.place.system.organisation_id
    elsewhere = Organisation.objects.exclude(pk=organisation_id)[0]
    for number in range(MANY):
        team = Team.objects.create(organisation_id=organisation_id, name=f"Team {number}", slug=f"team-{number}")
        make_member(f"Worker {number}", Role.LINK_WORKER, organisation_id, team.pk)
        today = clock.today()
        network = Network.objects.create(name=f"Network {number}", agreement="x", agreed_on=today, review_on=today)
        for each in (organisation_id, elsewhere.pk):
            NetworkMembership.objects.create(network=network, organisation_id=each, joined_on=today)
        directory.report_gap(scope=world.place.workers[0], submission_key=uuid4(), words=f"A chess club {number}")
        keep_a_listing(world.place.system, f"Listing {number}")
        _more_groups(world, number)
        _one_more_task(world, number)
    _more_pairs(world)
    _more_who_wait(world)
    more_colleagues(world.place, MANY)
    with scoped(world.place.lead):
        users = User.objects.filter(name__startswith="Worker ")
        BrowsingFlag.objects.bulk_create(
            BrowsingFlag(organisation_id=organisation_id, user=user, reason="many", day=clock.today()) for user in users
        )
        release = Release.objects.values().get()
        more = {"state": "discarded", "signed_by_id": None, "signed_at": None}
        Release.objects.bulk_create(Release(**release | more | {"id": uuid4()}) for _ in range(MANY))


def _more_pairs(world: World) -> None:
    """Listings that look like one service, and some about which that was decided."""
    with scoped(world.place.system):
        rows = list(Service.objects.order_by("pk")[: 4 * MANY])
        TwiceListed.objects.bulk_create(
            TwiceListed(
                organisation_id=world.place.system.organisation_id,
                kept=one,
                other=two,
                score=0.9,
                decision="two" if number % 2 else "waiting",
                decided_at=clock.now() if number % 2 else None,
            )
            for number, (one, two) in enumerate(zip(rows[::2], rows[1::2], strict=True))
        )


def _more_who_wait(world: World) -> None:
    """More of the people of a hospital who are ready to go home, with lists, follow-ups and programmes."""
    staff, now, today = world.place.coordinator, clock.now(), clock.today()
    assert staff.user_id is not None
    held = {"organisation_id": staff.organisation_id}
    with scoped(staff):
        patients = [Patient(**held, given_name="More", family_name=f"Patient {number}") for number in range(MANY)]
        Patient.objects.bulk_create(patients)
        stays = [
            Stay(**held, patient=each, visit="v", stay_class="inpatient", ward="Elm", admitted_at=now)
            for each in patients
        ]
        Stay.objects.bulk_create(stays)
        found = [Candidate(**held, state="open", patient=each, found_at=now) for each in patients]
        Candidate.objects.bulk_create(found)
        CandidateReason.objects.bulk_create(
            CandidateReason(**held, candidate=each, rule="carer_strain", since=today, found_at=now) for each in found
        )
        ReadyPeriod.objects.bulk_create(ReadyPeriod(**held, stay=each, ready_at=now) for each in stays)
        lists = [HomeList(**held, stay=each, owner_id=staff.user_id) for each in stays]
        HomeList.objects.bulk_create(lists)
        HomeItem.objects.bulk_create(HomeItem(**held, home_list=each, thing="food", answer="needed") for each in lists)
        ticks = (
            CommunityHelp(**held, stay=each, action="Shop", ticked_at=now, ticked_by_id=staff.user_id) for each in stays
        )
        CommunityHelp.objects.bulk_create(ticks)
        to_do = (
            FollowUp(**held, state="due", home_list=each, days_after=2, due_on=today, owner_id=staff.user_id)
            for each in lists
        )
        FollowUp.objects.bulk_create(to_do)
        days = {"starts_on": today, "ends_on": today + timedelta(days=30)}
        more = (Programme(**held, name=f"Programme {number}", weekly_places=2, **days) for number in range(MANY))
        Programme.objects.bulk_create(more)


def _one_more_task(world: World, number: int) -> None:
    worker = world.place.workers[0]
    open_task(
        scope=world.place.system,
        team_id=world.place.team.id,
        owner_id=worker.user_id,
        kind="call_back",
        title=f"Task {number}",
        about_kind="case",
        about_id=uuid4(),
        due_on=clock.today(),
    )


def _more_groups(world: World, number: int) -> None:
    scope, soon = world.place.workers[0], clock.now() + timedelta(days=5 + number)
    groupwork.plan_session(scope=scope, details=SessionDetails(f"Session {number}", "The hall", soon))
    practice_id = world.place.referrers[0].organisation_id
    groupwork.plan_clinic(scope=scope, details=ClinicDetails(practice_id, f"Room {number}", soon))
    groupwork.plan_meeting(scope=scope, details=MeetingDetails(f"Meeting {number}", soon))


def _more_people_together(world: World, words: str) -> None:
    """Somebody new on the register, at the meeting, and in the home of the one person."""
    scope = world.place.workers[0]
    session_id, meeting_id, person_id = (UUID(world.ids[name]) for name in ("session_id", "meeting_id", "person_id"))
    other = people.add_person(scope=scope, details=PersonDetails("Somebody", words, told_by="person"))
    groupwork.add_to_register(scope=scope, session_id=session_id, person_id=other)
    groupwork.add_item(scope=scope, meeting_id=meeting_id, person_id=other, details=ItemDetails(said=words))
    people.link_household(scope=scope, one_id=person_id, other_id=other, relationship="household")


def _history(world: World, times: int) -> None:
    """`times` more of everything one person's page shows."""
    scope = world.place.workers[0]
    person_id, case_id = (UUID(world.ids[name]) for name in ("person_id", "case_id"))
    for number in range(times):
        conversation = ConversationDetails(kind="phone", outcome="talked", happened_at=clock.now(), note=f"{number}")
        casework.write_up(scope=scope, case_id=case_id, submission_key=uuid4(), conversation=conversation)
        detail = f"Made up {times}-{number}"
        people.add_requirement(scope=scope, person_id=person_id, kind="access", detail=detail)
        people.add_related_contact(scope=scope, person_id=person_id, details=RelatedDetails(detail, "friend"))
        people.add_contact_point(
            scope=scope, person_id=person_id, kind="email", value=f"a{times}-{number}@example.org", told_by="person"
        )
        needs = casework_queries.plan(scope, case_id)
        casework.add_need(scope=scope, plan_id=needs.id, words=detail, code="")
        onward.signpost(
            scope=scope,
            case_id=case_id,
            service_id=UUID(world.ids["service_id"]),
            submission_key=uuid4(),
            details=SignpostDetails(how="told"),
        )
        file = Ready(f"{detail}.txt", "text", b"Made up")
        attach_to_case(scope=scope, case_id=case_id, submission_key=uuid4(), file=file)
        _about_me(world, detail)
        record_who_decides(scope, person_id, detail)
        _more_people_together(world, detail)


def _about_me(world: World, words: str) -> None:
    scope, person_id = world.place.workers[0], UUID(world.ids["person_id"])
    row = queries.about_me(scope, person_id)
    about = AboutMeWords(matters_most=words)
    people.record_about_me(scope=scope, person_id=person_id, expected_version=row.version if row else 0, about=about)
