"""Words that only those who support somebody may read, planted wherever the rules of the service keep words."""

import datetime as dt
from typing import Any
from uuid import UUID

from linkwell.accounts.models import Organisation, Team
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import (
    ComplexityDetails,
    ExtensionDetails,
    GotInTheWayDetails,
    HandOverDetails,
    JointVisitDetails,
    NumberCheckDetails,
    PauseDetails,
)
from linkwell.casework.models import HandOver
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.demo.player import Player
from linkwell.groupwork import actions as groupwork
from linkwell.groupwork.details import ItemDetails, MeetingDetails
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.people import actions as people
from linkwell.people.actions.statements import record_statement
from linkwell.people.capacity import ActsForDetails, CapacityDetails
from linkwell.people.details import AboutMeWords
from linkwell.people.queries import about_me
from tests.outcomes import plant_in_answers
from tests.place import Member, make_member
from tests.world import World

CARE = "canarycareteam"
CAME_ALONG = "canarycamealong"
ONE_PART = "canaryonepart"
# The standard has risks and what somebody does well in the message back, so the practice it is sent to reads them.
IN_SUMMARY = "canaryinsummary"


def plant_care_words(world: World, one: Player, other: Player) -> dict[str, str]:
    """Plant them in the support of two people who belong together. Returns the ids that pages of it are found by."""
    case = {"scope": one.worker, "case_id": one.case_id}
    extension_id = casework.ask_for_longer(**case, details=ExtensionDetails(4, 0, CARE))  # type: ignore[arg-type]
    casework.decide_longer(scope=world.place.lead, extension_id=extension_id, agreed=False, note=CARE)
    request_id = casework.ask_to_close(
        **case,  # type: ignore[arg-type]
        expected_version=_version(one),
        reason="unsafe",
        answer=CARE,
        why=CARE,
    )
    casework.decide_closing(scope=world.place.lead, request_id=request_id, agreed=False, note=CARE)
    checked = NumberCheckDetails("practice", "right", clock.today(), CARE)
    casework.check_number(**case, details=checked)  # type: ignore[arg-type]
    told = GotInTheWayDetails(("forgot",), CARE, CARE)
    casework.record_what_got_in_the_way(**case, details=told)  # type: ignore[arg-type]
    complexity = ComplexityDetails("high", (), CARE)
    casework.review_complexity(**case, expected_version=_version(one), complexity=complexity)  # type: ignore[arg-type]
    _rested(one)
    _planned(one)
    _about_the_person(one)
    _joint(one, other)
    ids = {"request_id": str(request_id), "extension_id": str(extension_id)}
    return ids | _met(one) | plant_in_answers(one.worker, world.place.lead, one.case_id, CARE)


def _version(player: Player) -> int:
    return cases.case(player.worker, player.case_id).version


def _rested(player: Player) -> None:
    case = {"scope": player.worker, "case_id": player.case_id}
    rest = PauseDetails("ill", clock.today() + dt.timedelta(days=9), CARE)
    casework.pause(**case, expected_version=_version(player), details=rest)  # type: ignore[arg-type]
    casework.start_again(**case, expected_version=_version(player))  # type: ignore[arg-type]


def _planned(player: Player) -> None:
    plan = cases.plan(player.worker, player.case_id)
    casework.set_plan_words(
        scope=player.worker, plan_id=plan.id, expected_version=plan.words_version, strengths=IN_SUMMARY, review_on=None
    )


def _about_the_person(player: Player) -> None:
    given: dict[str, Any] = {"scope": player.worker, "person_id": player.person_id}
    judged = CapacityDetails("money", CARE, clock.today(), "Sam Okafor", True, False, True, True, "Time", "Made up")
    people.record_capacity(**given, details=judged)
    people.add_acts_for(**given, details=ActsForDetails("advocate", "Jo Made-Up", note=CARE))
    people.record_risk(**given, none_known=False, detail=IN_SUMMARY)
    record_statement(**given, about_kind="person", about_id=player.person_id, text=CARE)
    people.record_agreement(**given, subject="tell_gp", answer="agreed", how="spoken", note=CARE)


def _met(player: Player) -> dict[str, str]:
    """Talked about at a meeting, with something to do."""
    soon = clock.now() + dt.timedelta(days=2)
    meeting_id = groupwork.plan_meeting(scope=player.worker, details=MeetingDetails("Neighbourhood meeting", soon))
    asked = ItemDetails(CARE, CARE, player.worker.user_id, due_on=clock.today() + dt.timedelta(days=3))
    item_id = groupwork.add_item(scope=player.worker, meeting_id=meeting_id, person_id=player.person_id, details=asked)
    return {"meeting_id": str(meeting_id), "item_id": str(item_id)}


def _joint(one: Player, other: Player) -> None:
    """One visit to both: what one said alone is in their own record only."""
    scope = one.worker
    link = people.link_household(scope=scope, one_id=one.person_id, other_id=other.person_id, relationship="household")
    for each in (one, other):
        people.answer_household(scope=scope, person_id=each.person_id, link_id=link, agreed=True, asked_alone=True)
    visit = JointVisitDetails("home", clock.now(), "Talked about the garden.", own=ONE_PART)
    casework.write_up_together(
        scope=scope, case_id=one.case_id, other_case_id=other.case_id, submission_key=new_id(), visit=visit
    )


def plant_came_along(player: Player) -> tuple[Member, dict[str, str]]:
    """Offered to another organisation with parts of the record. Returns who reads it there, and the ids of it."""
    known = about_me(player.worker, player.person_id)
    about = AboutMeWords(matters_most=CAME_ALONG)
    people.record_about_me(
        scope=player.worker,
        person_id=player.person_id,
        expected_version=known.version if known else 0,
        about=about,
    )
    team = Team.objects.get(slug="northmoor")
    offer = HandOverDetails(
        to_team_id=team.pk, reason="moved", why=CAME_ALONG, agreed=True, parts=("about_me",), still_open_note=CARE
    )
    hand_over_id = casework.offer_hand_over(
        scope=player.worker, case_id=player.case_id, submission_key=new_id(), offer=offer
    )
    while worker.work_off():
        pass
    with scoped(player.worker):
        referral_id: UUID = HandOver.objects.get(pk=hand_over_id).referral_id
    partner = Organisation.objects.get(code="NOR01")
    reader = make_member("Nia Northmoor", Role.TEAM_LEAD, partner.pk, team.pk)
    return reader, {"hand_over_id": str(hand_over_id), "referral_id": str(referral_id)}
