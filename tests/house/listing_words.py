"""What a group's keepers and a feed let slip about one person, planted in a listing that everybody may look at."""

from uuid import UUID

from linkwell.accounts.scopes import group_asking_scope
from linkwell.core.database import scoped
from linkwell.directory import actions as directory
from linkwell.directory.models import FeedWords, PersonalDetail
from tests.world import World

KEEPER = "canarykeeper"
HELD_BACK = "canaryheldback"


def plant_listing_words(world: World) -> dict[str, str]:
    """Somebody keeps the listing, somebody else asks to, and a feed told what may be one person's own."""
    lead, service_id = world.place.lead, UUID(world.ids["service_id"])
    first, waiting = (_asks(world, service_id, f"{KEEPER}{number}@example.org") for number in (1, 2))
    let_in = directory.decide_claim(scope=lead, claim_id=first, expected_version=1, let_in=True)
    with scoped(lead):
        own = {"organisation_id": lead.organisation_id, "service_id": service_id}
        held = PersonalDetail.objects.create(**own, field="description", kind="name", words=HELD_BACK)
        said = {"description": HELD_BACK}
        FeedWords.objects.update_or_create(**own, defaults={"said": said}, create_defaults={"said": said, "since": {}})
    return {"claim_id": str(waiting), "steward_id": str(let_in.steward_id), "detail_id": str(held.pk)}


def _asks(world: World, service_id: UUID, address: str) -> UUID:
    scope = group_asking_scope(world.place.lead.organisation_id)
    return directory.ask_to_keep(scope=scope, service_id=service_id, email=address, name=KEEPER, words=KEEPER)
