"""What made-up groups do about their listings: one looks after it, several answer, one stays silent."""

import datetime as dt
from uuid import UUID

import time_machine

from linkwell.accounts.scopes import group_asking_scope, link_scope
from linkwell.core import worker
from linkwell.core.scope import Scope
from linkwell.demo.drawings import DOOR_WORDS, blue_door
from linkwell.demo.place import DemoPlace
from linkwell.demo.queries import newest_listing_link, services_by_name
from linkwell.directory import actions as directory
from linkwell.directory import queries
from linkwell.directory.actions.photographs import add_photograph
from linkwell.kernel import clock
from linkwell.onward.actions import listing_group, listing_team

CLAIMED, SILENT, ASKING = "Tuesday Table", "Repair Saturday", "The Sing Low Choir"
# Group, room, weeks of its waiting list, places left: as they tapped it or wrote it in an e-mail.
ROOM = (
    ("Friday Lunch Club", "full", None, None),
    ("Wexcombe Food Bank", "room", None, None),
    ("The Bereavement Café", "few", None, 2),
    ("Steadier: six weeks for worry", "waiting", 6, None),
    ("Key & Kettle Housing Advice", "ask_first", None, None),
)
STILL_RIGHT = ("Gentle Swim", "The Mill Hall Tea Dance", "Wexcombe Remembered", "Walking Football")


def keep_listings(place: DemoPlace) -> None:
    """Once for a place: the e-mails are on "Messages sent", and their links work."""
    known = {name: service_id for name, (service_id, _) in services_by_name(place.system).items()}
    if CLAIMED not in known or queries.listing_desk(place.lead, known[CLAIMED]).kept_by:
        return
    _take_over(place, known[CLAIMED])
    for name, room, weeks, places in ROOM:
        if name in known:
            _ask(place.lead, known[name], "room")
            group = _by_link(place, known[name], "room")
            listing_group.tap_room(scope=group, room=room, weeks=weeks, places=places)
    for name in STILL_RIGHT:
        if name in known:
            _ask(place.lead, known[name], "right")
            listing_group.tap_right(scope=_by_link(place, known[name], "right"))
    _asks_for_more(place, known)
    while worker.work_off():
        pass


def _take_over(place: DemoPlace, service_id: UUID) -> None:
    """Jean looks after her group's page: a break at Christmas, limits, and a new address that waits for a keeper."""
    _ask(place.lead, service_id, "keep")
    listing_group.take_listing_over(scope=_by_link(place, service_id, "claim"), name="Jean Abbott")
    own = _by_link(place, service_id, "keep")
    listing_group.tap_room(scope=own, room="few", weeks=None, places=3)
    add_photograph(scope=own, service_id=service_id, picture=blue_door(), alt=DOOR_WORDS)
    christmas = dt.date(clock.today().year, 12, 22)
    away = directory.DatesSaid(christmas, christmas + dt.timedelta(days=11), words="Christmas")
    if christmas >= clock.today():
        directory.add_dates(scope=own, service_id=service_id, said=away)
    limits = directory.LimitsSaid(a_week=4, minimum_age=18)
    directory.set_limits(scope=own, service_id=service_id, said=limits, set_by="Jean Abbott, Tuesday Table")
    given = {
        "greeted_by": "Jean or Farid, at the blue door",
        "referral_email": "jean@millhallfriends.example.org",
        "join_words": "Come any Tuesday. You need not ring first.",
    }
    directory.change_listing(scope=own, service_id=service_id, given=given, asked_by="Jean Abbott, Tuesday Table")
    _ask(place.lead, service_id, "keep")


def _asks_for_more(place: DemoPlace, known: dict[str, UUID]) -> None:
    """A choir that we do not know by this address, and a group that has not answered for months."""
    if ASKING in known:
        listing_team.ask_for_listing(
            scope=group_asking_scope(place.lead.organisation_id),
            service_id=known[ASKING],
            email="ruby@sing-low.example.org",
            name="Ruby Lane",
            words="I lead the choir since the summer.",
        )
    if SILENT in known:
        with time_machine.travel(clock.now() - dt.timedelta(days=40), tick=True):
            _ask(place.lead, known[SILENT], "right")
        _ask(place.lead, known[SILENT], "right")


def _ask(scope: Scope, service_id: UUID, what: str) -> None:
    listing_team.write_to_listing(scope=scope, service_id=service_id, what=what)


def _by_link(place: DemoPlace, service_id: UUID, purpose: str) -> Scope:
    link_id = newest_listing_link(service_id, purpose)
    return link_scope(place.lead.organisation_id, link_id, service_id)
