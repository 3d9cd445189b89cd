"""What a group does about its listing from a link. Every one of these is a POST; opening a link changes nothing."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import actions as directory
from linkwell.directory.actions.room import locked
from linkwell.directory.editing import Value
from linkwell.directory.meeting import PlaceSaid, RuleSaid, TimeSaid
from linkwell.directory.models import LinkPurpose, ListingLink, RoomSource, Service, Steward
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound, TooMany
from linkwell.messaging.actions import send
from linkwell.onward import links
from linkwell.onward.actions import one_time
from linkwell.onward.actions.listing_links import (
    KIND,
    address_of,
    new_listing_link,
    task_for_keepers,
    written_lately,
)

OPEN_FOR = timedelta(hours=2)
Said = PlaceSaid | TimeSaid | RuleSaid
SAY_PART: dict[str, Callable[..., None]] = {
    "place": directory.say_place,
    "time": directory.say_time,
    "rule": directory.say_rule,
}


@action(KEEP_LISTING)
def tap_room(*, scope: Scope, room: str, weeks: int | None, places: int | None) -> None:
    """The group says whether it has room, from the link for that or from its own page."""
    link, row = _own(scope, LinkPurpose.ROOM, LinkPurpose.KEEP)
    directory.say_room(
        scope=scope,
        service_id=row.pk,
        room=room,
        weeks=weeks,
        places=places,
        said_by=_who(link, row),
        source=RoomSource.PAGE if link.purpose == LinkPurpose.KEEP else RoomSource.LINK,
    )


@action(KEEP_LISTING)
def tap_right(*, scope: Scope) -> None:
    """The details are still right."""
    link, row = _own(scope, LinkPurpose.RIGHT, LinkPurpose.KEEP)
    directory.confirm_details(scope=scope, service_id=row.pk, said_by=_who(link, row))


@action(KEEP_LISTING)
def take_listing_over(*, scope: Scope, name: str) -> str:
    """Whoever reads the listing's own mail keeps it from now on. The link ends; the address of their page is given."""
    link, row = _own(scope, LinkPurpose.CLAIM)
    if not name.strip() or len(name) > 80:
        raise Invalid({"name": "Enter your name."})
    address = address_of(link, row)
    if not address:
        raise NotFound
    steward_id = directory.take_over(scope=scope, service_id=row.pk, email=address, name=name)
    link.closed_at = clock.now()
    link.save(update_fields=["closed_at"])
    return new_listing_link(row, LinkPurpose.KEEP, steward_id)


@action(KEEP_LISTING)
def send_listing_code(*, scope: Scope) -> None:
    """A new code to the address that the group is known by. It replaces any earlier one."""
    link, row = _own(scope, LinkPurpose.KEEP)
    if written_lately(scope, row, ("group_code",), 1) >= links.MOST_CODES_AN_HOUR:
        raise TooMany("We have sent several codes already. Check your e-mail, or ask again in an hour.", 3600)
    code = one_time.renew(link)
    send(
        scope=scope,
        audience="group",
        template="group_code",
        values={"code": code, "minutes": str(one_time.MINUTES)},
        about_kind=KIND,
        about_id=row.pk,
        once_key=f"listing:{row.pk}:code:{links.hashed(code)[:16]}",
        address=address_of(link, row),
    )
    audit.record(scope, "sent_code", "service", row.pk)


@action(KEEP_LISTING)
def enter_code(*, scope: Scope, code: str) -> str | None:
    """With the right code this browser may change the listing for two hours: its key is given, else None."""
    link, row = _own(scope, LinkPurpose.KEEP)
    if not one_time.use(link, code):
        audit.record(scope, "wrong_code", "service", row.pk)
        return None
    key = links.new_token()
    link.browser_hash, link.opened_until = links.hashed(key), clock.now() + OPEN_FOR
    link.save(update_fields=["browser_hash", "opened_until"])
    audit.record(scope, "opened", "service", row.pk)
    return key


@action(KEEP_LISTING)
def change_own_listing(*, scope: Scope, key: str, given: Mapping[str, Value]) -> directory.Asked:
    """Change the listing. What is risky waits for a keeper, who gets a task."""
    link, row = opened(scope, key)
    asked = directory.change_listing(scope=scope, service_id=row.pk, given=given, asked_by=_who(link, row))
    if asked.waiting_id is not None:
        task_for_keepers(scope, row, "listing_change", f"Look at what {row.name} wants to change in its listing")
    return asked


@action(KEEP_LISTING)
def set_own_limits(*, scope: Scope, key: str, said: directory.LimitsSaid) -> None:
    link, row = opened(scope, key)
    directory.set_limits(scope=scope, service_id=row.pk, said=said, set_by=_who(link, row))


@action(KEEP_LISTING)
def add_own_dates(*, scope: Scope, key: str, said: directory.DatesSaid) -> None:
    _, row = opened(scope, key)
    directory.add_dates(scope=scope, service_id=row.pk, said=said)


@action(KEEP_LISTING)
def take_own_dates_away(*, scope: Scope, key: str, dates_id: UUID) -> None:
    _, row = opened(scope, key)
    directory.take_away_dates(scope=scope, service_id=row.pk, dates_id=dates_id)


@action(KEEP_LISTING)
def say_own_part(*, scope: Scope, key: str, what: str, part_id: UUID | None, said: Said) -> None:
    """Say a place, a regular time or a rule of whom it is for. Raises Invalid."""
    link, row = opened(scope, key)
    SAY_PART[what](scope=scope, service_id=row.pk, part_id=part_id, said=said, asked_by=_who(link, row))


@action(KEEP_LISTING)
def take_own_part_away(*, scope: Scope, key: str, what: str, part_id: UUID) -> None:
    link, row = opened(scope, key)
    directory.take_part_away(scope=scope, service_id=row.pk, what=what, part_id=part_id, asked_by=_who(link, row))


def _own(scope: Scope, *purposes: str) -> tuple[ListingLink, Service]:
    """The link that acts, while it works and for what it was made, and its listing."""
    link_id, service_id = scope.link
    link = ListingLink.objects.select_for_update().filter(pk=link_id, service_id=service_id, closed_at=None).first()
    if link is None or link.purpose not in purposes or link.expires_at < clock.now() or not _still_keeps(link):
        raise NotFound
    return link, locked(scope, service_id)


def _still_keeps(link: ListingLink) -> bool:
    return link.steward_id is None or Steward.objects.filter(pk=link.steward_id, ended_at=None).exists()


def opened(scope: Scope, key: str) -> tuple[ListingLink, Service]:
    """The link of a group's own page and its listing, in a browser in which its code was entered. Else NotFound."""
    link, row = _own(scope, LinkPurpose.KEEP)
    if not opened_by(link, key):
        raise NotFound
    return link, row


def opened_by(link: ListingLink, key: str) -> bool:
    """Whether this browser entered the code of the link a short while ago."""
    return bool(
        key
        and link.browser_hash
        and link.opened_until is not None
        and link.opened_until > clock.now()
        and links.matches(key, link.browser_hash)
    )


def _who(link: ListingLink, row: Service) -> str:
    kept = Steward.objects.filter(pk=link.steward_id).first() if link.steward_id else None
    return f"{kept.name}, {row.name}"[:120] if kept is not None and kept.name else row.name[:120]
