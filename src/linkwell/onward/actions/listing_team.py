"""What the team and Linkwell itself do so that groups keep their listings: asking, reading answers, telling."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory import actions as directory
from linkwell.directory import replying
from linkwell.directory.actions.room import locked
from linkwell.directory.models import (
    ListingChange,
    ListingClaim,
    RoomSource,
    Service,
    ServiceStatus,
    Steward,
    Upkeep,
)
from linkwell.directory.permissions import ASK_TO_KEEP, KEEP_LISTING, SEE_LISTING_DESK
from linkwell.directory.queries.listing import own_addresses, stewards_of
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, TooMany
from linkwell.messaging.actions import post_to_thread
from linkwell.messaging.models import Message
from linkwell.messaging.replies import Answered
from linkwell.onward.actions.listing_links import (
    KIND,
    keepers_of,
    task_for_keepers,
    write_about_listing,
    written_lately,
)

MOST_A_DAY = 3
MOST_A_ROUND = 50
ASK_AGAIN = timedelta(days=28)
# What a colleague can send by hand, by the name of the button.
BY_HAND = {"right": "group_still_right", "room": "group_room", "keep": "group_claim"}


@action(ASK_TO_KEEP)
def ask_for_listing(*, scope: Scope, service_id: UUID, email: str, name: str, words: str) -> None:
    """Somebody asks to keep a listing. A link goes only to an address that is the listing's own already; anybody else
    waits for a keeper. Whoever asks sees no difference."""
    row = locked(scope, service_id)
    if not name.strip() or not words.strip():
        raise Invalid({"words": "Say who you are and what you do in the group."})
    keeper = next((each for each in stewards_of(row.pk) if each.email == email.lower()), None)
    audit.record(scope, "asked_for", "service", row.pk)
    if email.lower() not in own_addresses(row) and keeper is None:
        directory.ask_to_keep(scope=scope, service_id=row.pk, email=email, name=name, words=words)
        task_for_keepers(scope, row, "listing_claim", f"Somebody would like to look after the listing of {row.name}")
    elif written_lately(scope, row, ("group_claim", "group_keep"), 24) < MOST_A_DAY:
        template = "group_keep" if keeper is not None else "group_claim"
        once = f"asked:{clock.now().isoformat()}"
        # A claim's link and code go to the first of the listing's addresses, whichever of them was typed.
        address = keeper.email if keeper is not None else own_addresses(row)[0]
        write_about_listing(scope, row, template, address, once, steward_id=keeper.pk if keeper else None)


@action(SEE_LISTING_DESK)
def write_to_listing(*, scope: Scope, service_id: UUID, what: str) -> None:
    """A colleague asks the group whether its details are right or whether it has room, or to look after its listing."""
    row = locked(scope, service_id)
    template = BY_HAND.get(what)
    if template is None:
        raise Invalid({"": "Choose what to ask them."})
    to = keepers_of(row)
    if not to:
        raise Invalid({"": f"We have no e-mail address for {row.name}. Phone them."})
    if written_lately(scope, row, tuple(BY_HAND.values()), 24) >= MOST_A_DAY:
        raise TooMany("They were written to several times today. Phone them.", 86_400)
    once = f"{what}:{clock.now().isoformat()}"
    if what == "keep" and to[0][1] is not None:
        template = "group_keep"
    for number, (address, steward_id) in enumerate(to):
        write_about_listing(scope, row, template, address, f"{once}:{number}", steward_id=steward_id)
    audit.record(scope, "wrote_to", "service", row.pk)


@action(KEEP_LISTING)
def ask_whether_right(*, scope: Scope) -> int:
    """Ask groups whose details nobody called right for some months; a silent one again after four weeks.

    Only groups that take referrals by e-mail or that somebody keeps: nobody else has asked to hear from us. Gives how
    many were asked; the rest wait for the next morning.
    """
    asked = 0
    for row in _to_ask(scope):
        upkeep, _ = Upkeep.objects.get_or_create(organisation_id=row.organisation_id, service=row)
        upkeep.times_silent += 1 if upkeep.asked_on is not None else 0
        upkeep.asked_on = clock.today()
        upkeep.save(update_fields=["asked_on", "times_silent"])
        for address, steward_id in keepers_of(row):
            once = f"right:{clock.today().isoformat()}:{steward_id or ''}"
            write_about_listing(scope, row, "group_still_right", address, once, steward_id=steward_id)
        asked += 1
    audit.record(scope, "asked_groups", "service", None)
    return asked


def _to_ask(scope: Scope) -> list[Service]:
    cut = clock.now() - timedelta(days=round(settings.STILL_RIGHT_MONTHS * 30.5))
    of_it = Q(service=OuterRef("pk")) | Q(service__listed_as=OuterRef("pk"))
    kept = Exists(Steward.objects.filter(of_it, ended_at=None))
    recently = Upkeep.objects.filter(service=OuterRef("pk")).filter(
        Q(do_not_write=True) | Q(asked_on__gt=clock.today() - ASK_AGAIN)
    )
    not_lately = Q(details_confirmed_at=None) | Q(details_confirmed_at__lt=cut)
    rows = Service.objects.filter(organisation_id=scope.organisation_id, status=ServiceStatus.ACTIVE, listed_as=None)
    rows = rows.filter(~Q(referral_email="") | kept, ~Exists(recently))
    rows = rows.filter(not_lately).exclude(assured_on__gt=clock.london(cut).date())
    ordered = rows.select_related("community_organisation").order_by(F("details_confirmed_at").asc(nulls_first=True))
    return list(ordered[:MOST_A_ROUND])


@action(KEEP_LISTING)
def read_answer(*, scope: Scope, answered: Answered) -> None:
    """A group's words in answer to an e-mail: kept, and taken where they mean one thing. Else a person reads them."""
    row = locked(scope, answered.about_id)
    words = replying.own_words(answered.text)
    post_to_thread(scope=scope, about_kind=KIND, about_id=row.pk, text=words or answered.text, author_name=row.name)
    meant = replying.understand(words)
    audit.record(scope, "answered", "service", row.pk)
    if meant is None:
        task_for_keepers(scope, row, "listing_answer", f"{row.name} answered an e-mail: read it and note what it says")
        once = f"unclear:{answered.message_id}"
        write_about_listing(scope, row, "group_not_understood", answered.sender, once)
        return
    directory.say_room(
        scope=scope,
        service_id=row.pk,
        room=meant.room,
        weeks=meant.weeks,
        places=meant.places,
        said_by=row.name,
        source=RoomSource.REPLY,
    )


@action(KEEP_LISTING)
def tell_of_decided_change(*, scope: Scope, change_id: UUID) -> None:
    """The group hears what became of a change that waited."""
    kept = ListingChange.objects.select_related("service__community_organisation").filter(pk=change_id).first()
    audit.record(scope, "told_of", "listing_change", change_id)
    if kept is None or not kept.risky:
        return
    template = "group_change_taken" if kept.state == "taken" else "group_change_not_taken"
    for number, (address, steward_id) in enumerate(keepers_of(kept.service)):
        once = f"change:{kept.pk}:{number}"
        write_about_listing(scope, kept.service, template, address, once, steward_id=steward_id)


@action(KEEP_LISTING)
def tell_of_decided_claim(*, scope: Scope, claim_id: UUID) -> None:
    """Whoever asked to keep a listing gets the link to its page, or hears that it could not be made sure of."""
    claim = ListingClaim.objects.select_related("service__community_organisation").filter(pk=claim_id).first()
    audit.record(scope, "told_of", "listing_claim", claim_id)
    if claim is None:
        return
    kept = Steward.objects.filter(service=claim.service, email=claim.email, ended_at=None).first()
    template = "group_keep" if claim.state == "let_in" and kept is not None else "group_claim_not_taken"
    steward_id = kept.pk if kept is not None else None
    write_about_listing(scope, claim.service, template, claim.email, f"claim:{claim.pk}", steward_id=steward_id)


@action(KEEP_LISTING)
def stop_writing(*, scope: Scope, message_id: UUID) -> None:
    """An e-mail about a listing came back: nothing more is sent to the group until a person has phoned it."""
    audit.record(scope, "looked_at_returned", "message", message_id)
    message = Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id, state="bounced").first()
    if message is None or message.about_kind != KIND:
        return
    row = locked(scope, message.about_id)
    upkeep, _ = Upkeep.objects.get_or_create(organisation_id=row.organisation_id, service=row)
    upkeep.do_not_write = True
    upkeep.save(update_fields=["do_not_write"])
    task_for_keepers(scope, row, "listing_came_back", f"E-mail to {row.name} came back. Phone them, check the address")
