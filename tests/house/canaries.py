"""Words planted in every protected place of one life, and a walk through every page that looks for them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from linkwell.attachments.actions import note_verdict
from linkwell.attachments.clamd import Verdict
from linkwell.attachments.preparing import Ready
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.actions.files import attach_to_case
from linkwell.casework.details import ClosingDetails, ConversationDetails
from linkwell.core import drafts, worker
from linkwell.core.database import scoped
from linkwell.core.permissions import Permission, Role
from linkwell.core.routes import declared_routes, guard_of
from linkwell.demo.player import Player
from linkwell.demo.queries import services_by_name
from linkwell.demo.story import Event, lives
from linkwell.demo.words import THEMES
from linkwell.documents.tests.reading import text_of
from linkwell.kernel import clock
from linkwell.onward.actions.parts import new_link
from linkwell.onward.models import OnwardReferral
from linkwell.people import actions as people
from linkwell.people.details import ConcernDetails, PersonDetails, SafeAnswers
from linkwell.people.queries import contact_card
from linkwell.referrals.actions.writing import write_to_referrer
from linkwell.workforce.actions import ask_to_talk, record_supervision
from tests.deciding import record_who_decides
from tests.house.answers import Answers, members_of
from tests.house.care_words import CAME_ALONG, CARE, IN_SUMMARY, ONE_PART, plant_came_along, plant_care_words
from tests.house.listing_words import HELD_BACK, KEEPER, plant_listing_words
from tests.place import Member
from tests.world import World

CONCERN = "canaryconcern"
REFERRED_TO = "canaryreferredto"
THIRD_PARTY = "canarythirdparty"
SAFE_REASON = "canarysafereason"
HOME = "canaryhomeaccess"
NOTE = "canaryseparatenote"
DECIDING = "canarydeciding"
DRAFT = "canarydraft"
TALK = "canarytalk"
SUPERVISION = "canarysupervision"
ADDRESS = "canaryaddress"
PHONE = "01632 960777"
POSTCODE = "ZW5 9QY"
FILE = "canaryfile"
THREAD = "canarythread"
OF_ONE = (CONCERN, THIRD_PARTY, SAFE_REASON, HOME, NOTE, DECIDING, DRAFT, TALK, SUPERVISION, FILE, THREAD)
CANARIES = (*OF_ONE, ADDRESS, PHONE, POSTCODE, CARE, CAME_ALONG, IN_SUMMARY, ONE_PART, REFERRED_TO, KEEPER, HELD_BACK)
ENCRYPTED = (CONCERN, SAFE_REASON, HOME, NOTE, DECIDING, DRAFT, TALK, SUPERVISION, FILE)
_EVENTS = tuple(
    Event(ago, 10, what)
    for ago, what in (
        (40, "referred"),
        (39, "accepted"),
        (36, "talked_first"),
        (30, "planned"),
        (29, "referred_onward"),
    )
)
PICTURES = (b"\xff\xd8", b"\x89PNG", b"RIFF")
Found = dict[str, set[tuple[str, str]]]


@dataclass
class Planted:
    """The two people with canaries, and the ids of what is theirs, by the name an address gives them."""

    protected: Player
    restricted: Player
    # Reads, in another organisation, what was handed over.
    receiver: Member
    addresses: list[dict[str, str]] = field(default_factory=list)
    # At which addresses each canary was.
    found_at: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def plant(world: World) -> Planted:
    """One person with a canary in every protected field, and one restricted whose whereabouts are canaries."""
    first, second = (_life(world, number) for number in (38, 39))
    care = plant_care_words(world, first, second)
    receiver, offered = plant_came_along(second)
    planted = Planted(first, second, receiver)
    ids = _protect(world, first) | care | plant_listing_words(world)
    own = _restrict(world, second) | {"hand_over_id": offered["hand_over_id"]}
    planted.addresses = [world.ids | ids, world.ids | own, {"referral_id": offered["referral_id"]}]
    while worker.work_off():
        pass
    return planted


def _life(world: World, number: int) -> Player:
    likeness = next(each for each in lives(40, clock.today()) if each.number == number)
    life = replace(likeness, worker=0, theme=THEMES[0], events=_EVENTS, danger_words="")
    player = Player(world.place, life, services_by_name(world.place.system))
    player.play()
    return player


def _protect(world: World, player: Player) -> dict[str, str]:
    scope, person_id, case_id = player.worker, player.person_id, player.case_id
    words: dict[str, Any] = {
        "their_words": CONCERN,
        "wants": CONCERN,
        "capacity": CONCERN,
        "reason_without_agreement": CONCERN,
    }
    concern = ConcernDetails(about="the person", what_happened=CONCERN, raised_by_name="Sam Okafor", **words)
    concern_id = people.raise_concern(scope=scope, person_id=person_id, concern=concern)
    _decide_concern(world, concern_id)
    people.raise_concern(scope=scope, person_id=person_id, concern=concern)
    answers = SafeAnswers(
        phone=True, reason=SAFE_REASON, instruction="Ring mornings", asked_alone=True, told_by="person"
    )
    people.record_safe_contact(scope=scope, person_id=person_id, answers=answers)
    people.record_home_access(scope=scope, person_id=person_id, note=HOME)
    record_who_decides(scope, person_id, DECIDING)
    drafts.keep(scope=scope, form=f"writeup:{case_id}", values={"note": [DRAFT]})
    interaction_id = _told_by_somebody_else(player)
    talk_id, supervision_id = _between_two(world, player)
    file_id = _attach(world, player, f"{FILE}.txt", FILE)
    write_to_referrer(
        scope=scope, referral_id=player.referral_id, submission_key=uuid4(), text=THREAD, says_nothing=True
    )
    link = _link(player)
    practice = world.place.referrers[0].organisation_id
    note_id = casework.send_separate_note(
        scope=scope, case_id=case_id, recipient_organisation_id=practice, text=NOTE, reason="Made up for the test"
    )
    summary_id = _summary(player)
    ids = {"person_id": person_id, "case_id": case_id, "concern_id": concern_id, "interaction_id": interaction_id}
    ids |= {"note_id": note_id, "onward_id": player.onward_id, "referral_id": player.referral_id}
    ids |= {"summary_id": summary_id, "about": case_id, "talk_id": talk_id, "supervision_id": supervision_id}
    ids |= {"attachment_id": file_id}
    return {name: str(each) for name, each in ids.items()} | {"token": link}


def _attach(world: World, player: Player, name: str, words: str) -> UUID:
    """A file of the case, which a scanner has looked at."""
    file = Ready(name, "text", words.encode())
    made = attach_to_case(scope=player.worker, case_id=player.case_id, submission_key=uuid4(), file=file)
    note_verdict(scope=world.place.system, attachment_id=made, verdict=Verdict(False, "made up"))
    return made


def _decide_concern(world: World, concern_id: UUID) -> None:
    """Every step of a concern that is written about, to its end."""
    soon = clock.today() + dt.timedelta(days=3)
    steps: tuple[tuple[Any, dict[str, Any]], ...] = (
        (people.take_concern, {"next_date": soon}),
        (people.note_on_concern, {"text": CONCERN, "next_date": soon}),
        (
            people.refer_concern,
            {"decision": CONCERN, "referred_to": REFERRED_TO, "reference": REFERRED_TO, "next_date": soon},
        ),
        (people.close_concern, {"outcome": CONCERN}),
    )
    for version, (step, given) in enumerate(steps, start=1):
        step(scope=world.place.safeguarding, concern_id=concern_id, expected_version=version, **given)


def _between_two(world: World, player: Player) -> tuple[UUID, UUID]:
    """What a worker asks their lead, and what the two say in supervision."""
    scope, lead = player.worker, world.place.lead
    assert scope.user_id is not None
    assert lead.user_id is not None
    talk_id = ask_to_talk(scope=scope, case_id=player.case_id, words=TALK)
    supervision_id = record_supervision(
        scope=scope,
        worker_id=scope.user_id,
        with_whom_id=lead.user_id,
        held_on=clock.today() - dt.timedelta(days=1),
        topics=SUPERVISION,
        steps=SUPERVISION,
    )
    return talk_id, supervision_id


def _told_by_somebody_else(player: Player) -> object:
    """What a neighbour said, which was put right afterwards: both are kept."""
    conversation = ConversationDetails(
        kind="phone", outcome="talked", happened_at=clock.now(), note="Well.", third_party_note=THIRD_PARTY, minutes=9
    )
    interaction_id = casework.write_up(
        scope=player.worker, case_id=player.case_id, submission_key=player.person_id, conversation=conversation
    )
    casework.correct_note(
        scope=player.worker,
        interaction_id=interaction_id,
        expected_corrections=0,
        note=CARE,
        third_party_note=THIRD_PARTY,
        reason="Made up for the test",
    )
    return interaction_id


def _summary(player: Player) -> object:
    """Support ends, so that a summary leaves for the practice."""
    plan = cases.plan(player.worker, player.case_id)
    goals = tuple((goal.id, "reached") for goal in plan.goals)
    closing = ClosingDetails(
        reason="goals_met", note="Going on alone.", goals=goals, still_open_note="The group goes on."
    )
    version = cases.case(player.worker, player.case_id).version
    casework.close(scope=player.worker, case_id=player.case_id, expected_version=version, closing=closing)
    recipient = cases.recipients(player.worker, player.case_id)[0]
    summary_id = casework.prepare_message_back(
        scope=player.worker, case_id=player.case_id, recipient_organisation_id=recipient.organisation_id
    )
    casework.send_message_back(scope=player.worker, summary_id=summary_id)
    return summary_id


def _restrict(world: World, player: Player) -> dict[str, str]:
    scope, person_id = player.worker, player.person_id
    details = PersonDetails(
        "Restricted", "Somebody", address=f"1 {ADDRESS} street", postcode=POSTCODE, told_by="person"
    )
    version = contact_card(scope, person_id).version
    people.change_person(scope=scope, person_id=person_id, expected_version=version, details=details)
    people.add_contact_point(scope=scope, person_id=person_id, kind="landline", value=PHONE, told_by="person")
    people.restrict_person(scope=player.place.lead, person_id=person_id, restricted=True, reason="Made up for the test")
    ids = {"person_id": person_id, "case_id": player.case_id, "onward_id": player.onward_id, "about": player.case_id}
    ids |= {"referral_id": player.referral_id}
    ids |= {"attachment_id": _attach(world, player, f"{ADDRESS}.txt", "Made up for the test")}
    return {name: str(each) for name, each in ids.items()} | {"token": _link(player)}


def _link(player: Player) -> str:
    with scoped(player.worker):
        return new_link(OnwardReferral.objects.get(pk=player.onward_id)).rstrip("/").rsplit("/", 1)[-1]


def crawl(world: World, planted: Planted, answers: Answers) -> Found:
    """Every page a reader may open, with every canary's whereabouts: canary -> (role, route).

    What the pages for a role are is noted in `answers`.

    That a page nobody gave a role is not there for it, nor a thing of ours for a stranger, tests/house/test_matrix.py
    proves for every route; so those are not asked for once more.
    """
    found: Found = defaultdict(set)
    who: dict[str, tuple[Role | None, Client]] = {
        str(role): (role, world.client(member)) for role, member in world.members.items()
    }
    for role in (Role.TEAM_LEAD, Role.REFERRER):
        who[f"stranger {role}"] = (role, world.client(world.strangers[role]))
    who["receiver"] = (planted.receiver.scope.role, world.client(planted.receiver))
    who["group"] = (None, Client())
    handed_over = {url for _, _, url in _urls_of(planted.addresses[-1])}
    for name, pattern, url in sorted(set(_urls(planted)), key=lambda one: (one[0], one[2])):
        for reader, (acts_as, client) in who.items():
            # Everywhere else they are one stranger more.
            if (reader == "receiver" and url not in handed_over) or not _may(pattern, reader, acts_as):
                continue
            response = client.get(url)
            content = content_of(response)
            if isinstance(guard_of(pattern), Permission):
                answers.take(reader, name, response, content)
            words = words_of(content)
            for canary in CANARIES:
                # A page repeats what somebody searched for; that tells them nothing.
                if canary not in url and (canary in words or canary.replace(" ", "") in words):
                    found[canary].add((reader, name))
                    planted.found_at[canary].add(url)
    return found


def _may(pattern: URLPattern, reader: str, role: Role | None) -> bool:
    allow = guard_of(pattern)
    if not isinstance(allow, Permission):
        return True
    a_thing = any(each.endswith("_id") for each in _names(pattern))
    return role in allow.roles and not (a_thing and reader.startswith("stranger"))


def _urls(planted: Planted) -> Iterator[tuple[str, URLPattern, str]]:
    for ids in planted.addresses:
        yield from _urls_of(ids)
    patterns = dict(declared_routes())
    for query in ("q=Restricted", f"q={PHONE}", f"q={POSTCODE}", "q=ZW5", "q=Somebody"):
        for name in ("people:list", "journey:search"):
            yield name, patterns[name], f"{reverse(name)}?{query}"


def _urls_of(ids: dict[str, str]) -> Iterator[tuple[str, URLPattern, str]]:
    """Every address that these ids can make."""
    for name, pattern in declared_routes():
        if name.startswith(("account_", "mfa_", "social", "openid", "old_", "None")):
            continue
        names = _names(pattern)
        if all(each in ids for each in names):
            yield name, pattern, reverse(name, kwargs={each: ids[each] for each in names})


def _names(pattern: URLPattern) -> list[str]:
    return list(pattern.pattern.converters)


def said(response: HttpResponseBase) -> str:
    """The words of an answer: a page, a file of data, a document, or everything in a bundle of them."""
    return words_of(content_of(response))


def content_of(response: HttpResponseBase) -> bytes:
    return b"".join(response) if response.streaming else getattr(response, "content", b"")


def words_of(content: bytes) -> str:
    # What a file is shows in its first bytes; a member of a bundle has no type written beside it.
    if content.startswith(b"%PDF"):
        return text_of(content)
    if content.startswith(b"PK"):
        return "\n".join(f"{name}\n{words_of(member)}" for name, member in members_of(content))
    # A picture holds letters only in what is written beside it.
    return content.decode(errors="replace" if content.startswith(PICTURES) else "strict")
