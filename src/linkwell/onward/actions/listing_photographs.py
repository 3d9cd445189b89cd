"""A group shows its place in pictures. Each is drawn anew by ourselves: nothing the camera noted is kept."""

import io
from uuid import UUID

from PIL import Image

from linkwell.attachments.preparing import prepare
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.photographs import Picture, add_photograph, take_photograph_away
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.kernel.errors import Invalid
from linkwell.onward.actions.listing_group import opened

LONGEST_SIDE = 1200
QUALITY = 82


def as_picture(name: str, content: bytes) -> Picture:
    """A photo made anew, upright and small enough for a phone. Raises Invalid for anything that is no picture."""
    ready = prepare(name, content)
    if ready.kind not in {"jpeg", "png"}:
        raise Invalid({"file": "Choose a photo: a JPEG or PNG picture."})
    with Image.open(io.BytesIO(ready.content)) as image:
        plain = Image.new("RGB", image.size, "white")
        plain.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), plain.width, plain.height)


@action(KEEP_LISTING)
def add_own_photograph(*, scope: Scope, key: str, picture: Picture, alt: str) -> UUID:
    _, row = opened(scope, key)
    return add_photograph(scope=scope, service_id=row.pk, picture=picture, alt=alt)


@action(KEEP_LISTING)
def take_own_photograph_away(*, scope: Scope, key: str, photograph_id: UUID) -> None:
    _, row = opened(scope, key)
    take_photograph_away(scope=scope, service_id=row.pk, photograph_id=photograph_id)
