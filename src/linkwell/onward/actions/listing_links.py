"""E-mails to groups about their listing, each with links of its own. Called only from inside an action."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.models import Team
from linkwell.core.scope import Scope
from linkwell.directory.models import LinkPurpose, ListingLink, Service
from linkwell.directory.queries.listing import own_addresses, stewards_of
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound
from linkwell.messaging.actions import send
from linkwell.messaging.models import Message
from linkwell.onward.links import LIFE, hashed, new_token
from linkwell.tasks.actions import open_task

KIND = "listing"
# Which links a message holds, by the name its template gives them.
_LINKS: dict[str, dict[str, LinkPurpose]] = {
    "group_still_right": {"link": LinkPurpose.RIGHT, "room": LinkPurpose.ROOM},
    "group_room": {"room": LinkPurpose.ROOM},
    "group_not_understood": {"room": LinkPurpose.ROOM},
    "group_claim": {"link": LinkPurpose.CLAIM},
    "group_keep": {"link": LinkPurpose.KEEP},
    "group_change_taken": {"link": LinkPurpose.KEEP},
    "group_change_not_taken": {"link": LinkPurpose.KEEP},
    "group_claim_not_taken": {},
}


def write_about_listing(
    scope: Scope, row: Service, template: str, address: str, once: str, *, steward_id: UUID | None = None
) -> bool:
    """An e-mail to one address of a group. False when it was written before; then no link is made."""
    once_key = f"listing:{row.pk}:{once}"
    if Message.objects.filter(organisation_id=scope.organisation_id, once_key=once_key).exists():
        return False
    values = {name: new_listing_link(row, purpose, steward_id) for name, purpose in _LINKS[template].items()}
    send(
        scope=scope,
        audience="group",
        template=template,
        values=values,
        about_kind=KIND,
        about_id=row.pk,
        once_key=once_key,
        address=address,
    )
    return True


def new_listing_link(row: Service, purpose: str, steward_id: UUID | None = None) -> str:
    """The address of a new link. Earlier links keep working until they end."""
    token = new_token()
    ListingLink.objects.create(
        token_hash=hashed(token),
        organisation_id=row.organisation_id,
        service_id=row.pk,
        steward_id=steward_id,
        purpose=purpose,
        expires_at=clock.now() + LIFE,
    )
    return settings.ADDRESS + reverse("onward:listing", kwargs={"listing_token": token})


def keepers_of(row: Service) -> tuple[tuple[str, UUID | None], ...]:
    """Where to write to the group about its listing: those who keep it; else the listing's own first address."""
    kept = tuple({each.email: (each.email, each.pk) for each in stewards_of(row.pk)}.values())
    return kept or tuple((each, None) for each in own_addresses(row)[:1])


def address_of(link: ListingLink, row: Service) -> str:
    """Where the code of a link goes: whoever keeps the listing by it, else the listing's own first address."""
    if link.steward_id is not None:
        kept = next((each for each in stewards_of(row.pk) if each.pk == link.steward_id), None)
        if kept is None:
            raise NotFound
        return kept.email
    return next(iter(own_addresses(row)), "")


def written_lately(scope: Scope, row: Service, templates: tuple[str, ...], hours: int) -> int:
    """How many of these messages went about a listing in the last hours."""
    since = clock.now() - timedelta(hours=hours)
    return Message.objects.filter(
        organisation_id=scope.organisation_id, about_id=row.pk, template__in=templates, created_at__gt=since
    ).count()


def task_for_keepers(scope: Scope, row: Service, kind: str, title: str) -> None:
    """Something about a listing that a person has to look at: on the list of the organisation's first team."""
    team = Team.objects.filter(organisation_id=scope.organisation_id).order_by("name").first()
    if team is None:
        return
    open_task(
        scope=scope,
        team_id=team.pk,
        owner_id=None,
        kind=kind,
        title=title,
        about_kind=KIND,
        about_id=row.pk,
        due_on=clock.today() + timedelta(days=3),
    )
