"""One whole made-up place with at least one of everything, for the tests that walk every page.

Built once for a run of the tests, through the actions, in a database of its own that each test process copies.
"""

import datetime as dt
import io
import json
import os
import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from linkwell.accounts.actions.leave import add_leave
from linkwell.accounts.actions.organisations import add_network, add_to_network
from linkwell.accounts.details import NetworkDetails
from linkwell.accounts.models import BrowsingFlag, Organisation, Team, User
from linkwell.accounts.queries import team_by_slug
from linkwell.attachments.actions import note_verdict
from linkwell.attachments.clamd import Verdict
from linkwell.attachments.preparing import Ready
from linkwell.casework import actions as casework
from linkwell.casework.actions.files import attach_to_case
from linkwell.casework.actions.record_copies import enter_in_record
from linkwell.casework.calendar_file import own_address
from linkwell.casework.details import ExtensionDetails, HandOverDetails
from linkwell.casework.models import Appointment, Case
from linkwell.casework.queries import calendar_entry, may_be_shown
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.postgres import create_database, drop_database
from linkwell.core.postgres.locks import locked
from linkwell.core.postgres.progress import silent
from linkwell.core.saved import keep_list
from linkwell.core.scope import Scope, system_scope
from linkwell.core.several import do_several
from linkwell.demo.hospital import admit
from linkwell.demo.listings import keep_listings
from linkwell.demo.offering import offer_support
from linkwell.demo.place import DemoPlace, build
from linkwell.demo.player import Player
from linkwell.demo.publishing import publish
from linkwell.demo.queries import referral_version, services_by_name
from linkwell.demo.story import Event, lives
from linkwell.directory import actions as directory
from linkwell.directory import queries as directory_queries
from linkwell.directory.models import LinkPurpose, Service
from linkwell.directory.publishing import taxonomies, taxonomy_terms
from linkwell.groupwork import actions as groupwork
from linkwell.groupwork.details import ClinicDetails, ItemDetails, MeetingDetails, SessionDetails
from linkwell.hospital.actions import load_list
from linkwell.impact import actions as impact
from linkwell.impact.months import Month
from linkwell.interop.openreferral import read
from linkwell.kernel import clock
from linkwell.onward.actions.listing_links import new_listing_link
from linkwell.onward.actions.parts import new_link
from linkwell.onward.actions.shortlists import new_list_link
from linkwell.onward.models import OnwardReferral
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails, RelatedDetails
from linkwell.referrals import actions as referrals
from linkwell.referrals.actions import decline
from linkwell.showcase.periods import that_are_over
from linkwell.workforce.actions import ask_to_talk, move_caseload, record_supervision, start_visit
from tests.databases import current_name, template, temporary_database, use_database
from tests.deciding import record_who_decides
from tests.evaluations import evaluated
from tests.outcomes import how_people_are, own_token
from tests.place import Member, make_member, sign_in

PEOPLE = 16
# Seconds.
LONGEST_RUN = 3 * 3600
SECRET = "canary-of-a-safeguarding-concern"


@dataclass
class World:
    """Who can sign in, and an id for every name that an address can hold; `untouched` is the database as built."""

    database: str
    untouched: str
    place: DemoPlace
    members: dict[Role, Member]
    strangers: dict[Role, Member]
    ids: dict[str, str] = field(default_factory=dict)

    def client(self, member: Member) -> Client:
        return sign_in(member)


@pytest.fixture(scope="session")
def world_built(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    # Built in one database and never touched again there: what a test wants to change, it changes in a copy.
    with django_db_blocker.unblock():
        built = _built_once(django_db_setup)
        with temporary_database("world", back_to=django_db_setup, source=built.untouched) as name:
            # Each test that wants the world turns to it and back; the others never notice it.
            use_database(django_db_setup)
            yield replace(built, database=name)


def _built_once(back_to: str) -> World:
    """The world of this run: whoever is first builds it, the other processes wait and read what was built."""
    home = Path(os.environ["LINKWELL_HOME"])
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    kept = home / "worlds" / run
    with locked(home / "world.lock", silent):
        if not kept.exists():
            _forget_earlier(home)
            name = f"untouched_{run[:12]}"
            drop_database(home, name)
            create_database(home, name, template=template(home))
            use_database(name)
            built = _build(name)
            use_database(back_to)
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(pickle.dumps(built))
    return cast(World, pickle.loads(kept.read_bytes()))  # noqa: S301 (written above, by ourselves)


def _forget_earlier(home: Path) -> None:
    """Worlds of runs that are long over."""
    for kept in (home / "worlds").glob("*"):
        if time.time() - kept.stat().st_mtime > LONGEST_RUN:
            drop_database(home, f"untouched_{kept.name[:12]}")
            kept.unlink()


@pytest.fixture
def world(world_built: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world's database, for one test. What a test changes stays changed, so a test changes nothing others need."""
    before = current_name()
    with django_db_blocker.unblock():
        use_database(world_built.database)
        yield world_built
        use_database(before)


def _build(name: str) -> World:
    place = build()
    services = services_by_name(place.system)
    for life in lives(PEOPLE, clock.today()):
        Player(place, life, services).play()
    while worker.work_off():
        pass
    members = {
        Role.LINK_WORKER: _member(place.workers[0]),
        Role.TEAM_LEAD: _member(place.lead),
        Role.SAFEGUARDING_LEAD: _member(place.safeguarding),
        Role.ADMINISTRATOR: _member(place.administrator),
        Role.REFERRER: _member(place.referrers[0]),
        Role.CLINICIAN: _member(place.clinician),
    }
    world = World(name, name, place, members, _strangers())
    _rare_things(place)
    _asked_of_the_lead(place)
    _records_to_let_go(place)
    _a_directory_kept(place)
    _our_team(place)
    how_people_are(place)
    evaluated(place)
    keep_listings(place)
    _several_people(place)
    _between_organisations(place)
    admit(place, waiting=6)
    _a_list_held(place)
    offer_support(place)
    publish(place)
    world.ids = _ids(place)
    return world


def _member(scope: Scope) -> Member:
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT id FROM accounts_membership WHERE user_id = %s", [scope.user_id])
        membership_id = cursor.fetchone()[0]
    assert scope.user_id is not None
    return Member(scope.user_id, membership_id, "", scope)


def _strangers() -> dict[Role, Member]:
    elsewhere = Organisation.objects.create(code="ELS01", name="Elsewhere Together", kind="voluntary")
    team = Team.objects.create(organisation=elsewhere, name="Elsewhere link workers", slug="elsewhere")
    in_team = {Role.LINK_WORKER, Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD}
    roles = (*in_team, Role.ADMINISTRATOR, Role.REFERRER, Role.CLINICIAN)
    return {
        role: make_member(f"Stranger {role}", role, elsewhere.pk, team.pk if role in in_team else None)
        for role in roles
    }


def _rare_things(place: DemoPlace) -> None:
    """What no made-up life happens to hold."""
    scope, lead = place.workers[0], place.lead
    first, second = _two_people()
    keep_list(scope=scope, page="tasks:list", name="The team’s", filters="show=team")
    do_several(scope=scope, kind="tasks-done", versions={}, given={})
    concern = ConcernDetails(about="the person", what_happened=SECRET, their_words=SECRET, raised_by_name="Sam Okafor")
    people.raise_concern(scope=scope, person_id=first, concern=concern)
    people.record_home_access(scope=scope, person_id=first, note="Key safe by the door, made-up code 0000")
    people.record_risk(scope=scope, person_id=second, none_known=False, detail="A dog that barks at visitors")
    record_who_decides(scope, first, "Made up for the test")
    _a_letter(place)
    _gp_record(place)
    impact.say_list_size(scope=lead, practice="Hallow Lane Surgery", people=9_000, counted_on=clock.today())
    related = RelatedDetails("Jo Made-Up", "neighbour", "", False, False, "person")
    people.add_related_contact(scope=scope, person_id=first, details=related)
    people.link_identity(scope=lead, record_id=first, same_as_id=second, reason="Same person, for the test")
    today = clock.today()
    one, other = place.workers[0].user_id, place.workers[1].user_id
    assert one is not None
    assert other is not None
    casework.arrange_cover(
        scope=lead, worker_id=one, covered_by_id=other, starts_on=today, ends_on=today + dt.timedelta(days=3)
    )


def _a_list_held(place: DemoPlace) -> None:
    """A ward list without anybody, after one with a patient whom nobody takes for a person."""
    system = system_scope(place.coordinator.organisation_id, "a made-up list")
    for rows in (b"ZZ1,ZZTEST,W1\n", b""):
        load_list(scope=system, file=io.BytesIO(b"MRN,Surname,Ward\n" + rows), file_name="made-up.csv")


def _a_letter(place: DemoPlace) -> None:
    """A file of a case, which a scanner has looked at."""
    with scoped(place.workers[0]):
        case_id = Case.objects.filter(state="active").order_by("pk").values_list("pk", flat=True)[0]
    file = Ready("Made-up letter.txt", "text", b"Made up for the test")
    made = attach_to_case(scope=place.workers[0], case_id=case_id, submission_key=uuid4(), file=file)
    note_verdict(scope=place.system, attachment_id=made, verdict=Verdict(False, "made up"))


def _records_to_let_go(place: DemoPlace) -> None:
    """A record that is held, one that is proposed, and a referral that led to nothing long ago."""
    lead, (first, second) = place.lead, _two_people()
    people.propose_disposal(scope=lead, kind="asked", records=[first], due_on=clock.today())
    people.place_hold(scope=lead, person_id=second, reason="Made up for the test")
    with connections["admin"].cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET received_at = '2020-01-01', decided_at = '2020-01-02' WHERE id ="
            " (SELECT id FROM referrals_referral WHERE state = 'declined' AND person_id IS NULL"
            " ORDER BY id DESC LIMIT 1)"
        )


def _a_directory_kept(place: DemoPlace) -> None:
    """A directory given to everybody, and a listing in it that is kept."""
    keep_a_listing(place.system, "Made up for the test")
    directory.publish(scope=place.system, published=True)


def keep_a_listing(scope: Scope, name: str) -> None:
    """A feed of its own whose listing has words held back, and now says something else than we do."""
    group = {"id": name, "name": name, "url": "https://group.example.org"}
    for said, ours in (("Ring Jean on 07700 900123", "Ours"), ("Ring Jean on 07700 900124", "")):
        feed = json.dumps([{**group, "description": said}]).encode()
        directory.import_feed(scope=scope, reading=read(io.BytesIO(feed)), source_name=name, location="x.json")
        if ours:
            with scoped(scope):
                row = Service.objects.get(name=name)
            directory.change_listing(scope=scope, service_id=row.pk, given={"description": ours}, asked_by="Jean")


def _our_team(place: DemoPlace) -> None:
    """Days away, a visit going on, a case to talk about, a session of supervision, and somebody moved for good."""
    scope, lead, today = place.workers[0], place.lead, clock.today()
    first, second = place.workers[0].user_id, place.workers[1].user_id
    assert first is not None
    assert second is not None
    assert lead.user_id is not None
    later = today + dt.timedelta(days=90)
    add_leave(scope=scope, user_id=first, starts_on=later, ends_on=later)
    start_visit(scope=scope, minutes=60, place="The hall")
    with scoped(scope):
        case = Case.objects.filter(state="active").order_by("pk")[0]
        moved = Case.objects.filter(state="active", worker_id=second).order_by("-pk")[0]
    ask_to_talk(scope=scope, case_id=case.pk, words=SECRET)
    record_supervision(scope=scope, worker_id=first, with_whom_id=lead.user_id, held_on=today, topics=SECRET)
    move_caseload(scope=lead, worker_id=second, given={moved.pk: first})


def _asked_of_the_lead(place: DemoPlace) -> None:
    """A worker asks to end support that is not safe, and to go on longer with somebody."""
    scope = place.workers[0]
    with scoped(scope):
        row = Case.objects.filter(state="active").order_by("-pk")[0]
    ask = {"reason": "unsafe", "answer": SECRET, "why": SECRET}
    casework.ask_to_close(scope=scope, case_id=row.pk, expected_version=row.version, **ask)
    casework.ask_for_longer(scope=scope, case_id=row.pk, details=ExtensionDetails(4, 0, "Made up for the test"))


def _several_people(place: DemoPlace) -> None:
    """A session with its register, a clinic, a meeting, and two who belong together."""
    scope, soon = place.workers[0], clock.now() + dt.timedelta(days=3)
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT person_id FROM casework_case WHERE state = 'active' ORDER BY id LIMIT 3")
        first, _, third = (row[0] for row in cursor.fetchall())
    session_id = groupwork.plan_session(scope=scope, details=SessionDetails("Walk and talk", "Marl Park", soon))[0]
    groupwork.add_to_register(scope=scope, session_id=session_id, person_id=first)
    practice_id = place.referrers[0].organisation_id
    groupwork.plan_clinic(scope=scope, details=ClinicDetails(practice_id, "Room 2", soon))
    meeting_id = groupwork.plan_meeting(scope=scope, details=MeetingDetails("Made-up meeting", soon))
    groupwork.add_item(scope=scope, meeting_id=meeting_id, person_id=first, details=ItemDetails(said="Made up"))
    link = people.link_household(scope=scope, one_id=first, other_id=third, relationship="household")
    for each in (first, third):
        people.answer_household(scope=scope, person_id=each, link_id=link, agreed=True, asked_alone=True)


def _between_organisations(place: DemoPlace) -> None:
    """A network, a separate note to a practice, and a flag of unusual opening."""
    today = clock.today()
    network = NetworkDetails("Wexcombe together", "Made-up agreement", today, today + dt.timedelta(days=365))
    _offered_elsewhere(place, add_network(scope=place.administrator, details=network))
    _a_file(place)
    with scoped(place.lead):
        row = Case.objects.filter(referral__sender_organisation_id=place.referrers[0].organisation_id)[0]
        day = clock.today()
        BrowsingFlag.objects.create(
            organisation_id=place.lead.organisation_id, user=User.objects.get(name="Priya Nair"), reason="many", day=day
        )
    casework.send_separate_note(
        scope=place.safeguarding,
        case_id=row.pk,
        recipient_organisation_id=place.referrers[0].organisation_id,
        text=SECRET,
        reason="Made up for the test",
    )


def _a_file(place: DemoPlace) -> None:
    """A file of referrals that was looked at: one row is ready, one is not."""
    text = "First name,Last name,Phone,Why,Knows and agrees\nMade,Up,01632 960999,Lonely,yes\nHalf,Row,,,\n"
    sender = place.workers[0]
    team = team_by_slug(str(FIXED["slug"]))
    referrals.look_at_batch(scope=sender, team=team, file_name="made-up.csv", text=text)


def _offered_elsewhere(place: DemoPlace, network_id: UUID) -> None:
    """Somebody is offered to a team of another organisation in the network, which has not answered."""
    partner = Organisation.objects.create(code="NOR01", name="Northmoor Neighbours", kind="voluntary")
    team = Team.objects.create(organisation=partner, name="Northmoor link workers", slug="northmoor")
    add_to_network(scope=place.administrator, network_id=network_id, code=partner.code)
    with scoped(place.workers[0]):
        case_id = Case.objects.filter(state="active").order_by("pk").values_list("pk", flat=True)[0]
    offer = HandOverDetails(
        to_team_id=team.pk, reason="moved", why=SECRET, agreed=True, parts=("plan",), still_open_note="Made up"
    )
    casework.offer_hand_over(scope=place.workers[0], case_id=case_id, submission_key=uuid4(), offer=offer)


def _gp_record(place: DemoPlace) -> None:
    """A referral somebody did not want, and an entry that was copied."""
    player = Player(place, next(lives(41, clock.today(), first=40)), services_by_name(place.system))
    player.referred(Event(0, 9, "referred", 0))
    version = referral_version(place.lead, player.referral_id)
    decline(
        scope=place.lead,
        referral_id=player.referral_id,
        expected_version=version,
        reason="not_agreed",
        advice="They can ask again",
    )
    with scoped(place.lead):
        row = Case.objects.exclude(first_spoken_at=None).order_by("pk")[0]
    enter_in_record(scope=place.workers[0], kind="first", object_id=row.pk, initials="SO", entered_on=clock.today())


def _two_people() -> tuple[UUID, UUID]:
    with connections["admin"].cursor() as cursor:
        cursor.execute("SELECT person_id FROM casework_case WHERE state = 'active' ORDER BY id LIMIT 2")
        rows = cursor.fetchall()
    return rows[0][0], rows[1][0]


# The name in an address, and where an id for it is found.
SOURCES = {
    "person_id": "SELECT person_id FROM casework_case WHERE state = 'active' ORDER BY id",
    "other_id": "SELECT person_id FROM casework_case WHERE state = 'active' ORDER BY id OFFSET 1",
    "about": "SELECT id FROM casework_case ORDER BY id",
    "other_case_id": "SELECT id FROM casework_case WHERE state = 'active' ORDER BY id OFFSET 2",
    "case_id": "SELECT id FROM casework_case WHERE state = 'active' ORDER BY id",
    "referral_id": "SELECT id FROM referrals_referral WHERE state = 'received' ORDER BY id",
    "service_id": "SELECT id FROM directory_service WHERE referral_email <> '' ORDER BY id",
    "runner_id": "SELECT community_organisation_id FROM directory_service WHERE referral_email <> '' ORDER BY id",
    "venue_id": "SELECT id FROM directory_venue ORDER BY id",
    "source_id": "SELECT id FROM directory_source ORDER BY id",
    "run_id": "SELECT id FROM directory_importrun ORDER BY id",
    "correction_id": "SELECT id FROM directory_correction WHERE differs_since IS NOT NULL ORDER BY id",
    "pair_id": "SELECT id FROM directory_twicelisted ORDER BY id",
    "detail_id": "SELECT id FROM directory_personaldetail WHERE decision = 'waiting' ORDER BY id",
    "onward_id": "SELECT id FROM onward_onwardreferral ORDER BY id",
    "signpost_id": "SELECT id FROM onward_signpost ORDER BY id",
    "interaction_id": "SELECT id FROM casework_interaction ORDER BY id",
    "appointment_id": "SELECT id FROM casework_appointment ORDER BY id",
    "summary_id": "SELECT id FROM casework_messageback ORDER BY id",
    "note_id": "SELECT id FROM casework_separatenote ORDER BY id",
    "flag_id": "SELECT id FROM accounts_browsingflag ORDER BY id",
    "network_id": "SELECT id FROM accounts_network ORDER BY id",
    "cover_id": "SELECT id FROM casework_cover ORDER BY id",
    "concern_id": "SELECT id FROM people_concern ORDER BY id",
    "batch_id": "SELECT id FROM referrals_referralbatch ORDER BY id",
    "hand_over_id": "SELECT id FROM casework_handover ORDER BY id",
    "requirement_id": "SELECT id FROM people_requirement ORDER BY id",
    "point_id": "SELECT id FROM people_contactpoint ORDER BY id",
    "related_id": "SELECT id FROM people_relatedcontact ORDER BY id",
    "together_id": "SELECT id FROM people_householdlink ORDER BY id",
    "session_id": "SELECT id FROM groupwork_workersession ORDER BY id",
    "place_id": "SELECT id FROM groupwork_sessionplace ORDER BY id",
    "clinic_id": "SELECT id FROM groupwork_clinic ORDER BY id",
    "slot_id": "SELECT id FROM groupwork_clinicslot ORDER BY id",
    "meeting_id": "SELECT id FROM groupwork_meeting ORDER BY id",
    "item_id": "SELECT id FROM groupwork_meetingitem ORDER BY id",
    "change_id": "SELECT id FROM directory_listingchange ORDER BY state DESC, id",
    "claim_id": "SELECT id FROM directory_listingclaim ORDER BY id",
    "steward_id": "SELECT id FROM directory_steward ORDER BY id",
    "photograph_id": "SELECT id FROM directory_photograph ORDER BY id",
    "break_id": "SELECT id FROM directory_schoolbreak ORDER BY id",
    "dates_id": "SELECT id FROM directory_changeddates ORDER BY id",
    "adult_id": "SELECT id FROM people_responsibleadult ORDER BY id",
    "acts_for_id": "SELECT id FROM people_actsfor ORDER BY id",
    "best_interests_id": "SELECT id FROM people_bestinterests ORDER BY id",
    "hold_id": "SELECT id FROM people_retentionhold ORDER BY id",
    "disposal_id": "SELECT id FROM people_disposal ORDER BY id",
    "record_id": "SELECT id FROM referrals_referral WHERE received_at < '2021-01-01' ORDER BY id",
    "risk_id": "SELECT id FROM people_risk ORDER BY id",
    "agreement_id": "SELECT id FROM people_agreement ORDER BY id",
    "link_id": "SELECT id FROM people_identitylink ORDER BY id",
    "task_id": "SELECT id FROM tasks_task ORDER BY id",
    "list_id": "SELECT id FROM core_savedlist ORDER BY id",
    "act_id": "SELECT id FROM core_severalact ORDER BY id",
    "message_id": "SELECT id FROM messaging_message ORDER BY id",
    "membership_id": "SELECT id FROM accounts_membership ORDER BY id",
    "user_id": "SELECT id FROM accounts_user WHERE demo ORDER BY id",
    "team_id": "SELECT id FROM accounts_team ORDER BY id",
    "declined_id": "SELECT id FROM referrals_referral WHERE state = 'declined' AND decline_reason = 'not_agreed'",
    "request_id": "SELECT id FROM casework_closingrequest ORDER BY id",
    "extension_id": "SELECT id FROM casework_offerextension ORDER BY id",
    "copy_id": "SELECT id FROM casework_recordcopy ORDER BY id",
    "worker_id": "SELECT worker_id FROM casework_cover ORDER BY id",
    "leave_id": "SELECT id FROM accounts_leave ORDER BY id",
    "visit_id": "SELECT id FROM workforce_visit ORDER BY id",
    "talk_id": "SELECT id FROM workforce_talkrequest ORDER BY id",
    "move_id": "SELECT id FROM workforce_caseloadmove ORDER BY id",
    "supervision_id": "SELECT id FROM workforce_supervision ORDER BY id",
    "response_id": "SELECT id FROM outcomes_response WHERE corrects_id IS NULL AND needs_help ORDER BY id",
    "story_id": "SELECT id FROM outcomes_story WHERE state = 'checking' ORDER BY id",
    "milestone_id": "SELECT id FROM outcomes_milestone WHERE taken_back_at IS NULL ORDER BY id",
    "evaluation_id": "SELECT id FROM evaluations_evaluation WHERE state = 'finished' ORDER BY id",
    "attachment_id": "SELECT id FROM attachments_attachment WHERE state = 'clean' ORDER BY id",
    "release_id": "SELECT id FROM showcase_release WHERE state = 'published' ORDER BY id",
    "size_id": "SELECT id FROM impact_practicesize ORDER BY id",
    "stay_id": "SELECT stay_id FROM hospital_homelist ORDER BY id",
    "follow_up_id": "SELECT id FROM hospital_followup WHERE state = 'due' ORDER BY id",
    "programme_id": "SELECT id FROM hospital_programme ORDER BY id",
    "candidate_id": "SELECT o.candidate_id FROM hospital_offer o WHERE o.answer = 'accepted' AND o.referral_id IS NULL",
    "feed_id": "SELECT id FROM hospital_feed ORDER BY id",
    "list_run_id": "SELECT id FROM hospital_listrun WHERE held IS NOT NULL ORDER BY id",
    "inbound_id": "SELECT id FROM hospital_inbound WHERE state = 'attention' ORDER BY id",
    "patient_id": "SELECT patient_id FROM hospital_candidate WHERE state = 'open' ORDER BY id",
    "restricted_id": "SELECT id FROM hospital_patient WHERE restricted AND merged_into_id IS NULL ORDER BY id",
}
FIXED = {
    "form": "writeup",
    "slug": "wexcombe-link-workers",
    "what": "yes",
    "how": "again",
    "guide": "first-day",
    "name": "take",
    "rule": "long_stay",
    "key": "x",
    "number": "received",
    "by": "team",
    "kind": "tasks-done",
    "code": "WEX01",
    "period": str(next(each for each in that_are_over() if each.quarter)),
    "layout": "jsonl",
    "pack": "ons4",
    "part": "who",
    "taxonomy_id": taxonomies()[0]["id"],
    "term_id": taxonomy_terms()[0]["id"],
}


def _ids(place: DemoPlace) -> dict[str, str]:
    found = dict(FIXED)
    with connections["admin"].cursor() as cursor:
        for name, source in SOURCES.items():
            cursor.execute(f"{source} LIMIT 1" if "OFFSET" not in source else source)
            row = cursor.fetchone()
            if row:
                found[name] = str(row[0])
        cursor.execute("SELECT slug FROM accounts_team ORDER BY id LIMIT 1")
        found["slug"] = cursor.fetchone()[0]
    found["month"] = str(Month.last_whole())
    found["token"] = _token(place)
    found["listing_token"] = _listing_token(place)
    found["list_token"] = _list_token(place)
    found["time_token"] = _time_token(place)
    found["own_token"] = own_token(place)
    return found


def _time_token(place: DemoPlace) -> str:
    scope = place.system
    with scoped(scope):
        rows = list(Appointment.objects.filter(state="booked").order_by("-starts_at"))
    row = next(each for each in rows if may_be_shown(scope, each.person_id))
    return own_address(row.organisation_id, calendar_entry(scope, row.pk)).rstrip("/").rsplit("/", 1)[-1]


def _listing_token(place: DemoPlace) -> str:
    with scoped(place.workers[0]):
        row = Service.objects.exclude(referral_email="").order_by("pk")[0]
        address = new_listing_link(row, LinkPurpose.KEEP)
    return address.rstrip("/").rsplit("/", 1)[-1]


def _list_token(place: DemoPlace) -> str:
    with scoped(place.workers[0]):
        rows = directory_queries.find(place.workers[0], directory_queries.Search()).rows[:3]
        _, address = new_list_link(place.workers[0], tuple(each.service for each in rows), "usual")
    return address.rstrip("/").rsplit("/", 1)[-1]


def _token(place: DemoPlace) -> str:
    with scoped(place.workers[0]):
        row = OnwardReferral.objects.exclude(state__in=["declined", "withdrawn", "ended"]).order_by("pk")[0]
        address = new_link(row)
    return address.rstrip("/").rsplit("/", 1)[-1]
