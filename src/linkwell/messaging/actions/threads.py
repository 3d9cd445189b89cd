"""Talking with referrers and groups."""

from uuid import UUID

from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.messaging.models import ThreadPost, ThreadRead
from linkwell.messaging.permissions import THREAD_READ, THREAD_WRITE

LONGEST = 4000


@action(THREAD_WRITE)
def post_to_thread(*, scope: Scope, about_kind: str, about_id: UUID, text: str, author_name: str) -> UUID:
    """Add a post. Whoever calls has checked that this scope is part of the thing. Raises Invalid.

    Emits "thread.posted" with the post's id.
    """
    words = text.replace("\x00", "").strip()
    if not words:
        raise Invalid({"text": "Write a message."})
    if len(words) > LONGEST:
        raise Invalid({"text": f"A message can be up to {LONGEST:,} characters."})
    row = ThreadPost.objects.create(
        organisation_id=scope.organisation_id,
        about_kind=about_kind,
        about_id=about_id,
        author_kind=scope.actor_kind.value,
        author_id=scope.user_id,
        author_name=author_name[:120],
        text=words,
    )
    audit.record(scope, "posted", "thread_post", row.pk, fields=("text",))
    outbox.emit(scope, "thread.posted", object_id=row.pk)
    return row.pk


@action(THREAD_READ)
def note_read(*, scope: Scope, about_id: UUID) -> None:
    """Whoever asks has read the thread about this up to now. Whoever calls has shown it to them."""
    audit.record(scope, "read", "thread", about_id)
    if scope.user_id is not None:
        ThreadRead.objects.update_or_create(
            organisation_id=scope.organisation_id,
            reader_id=scope.user_id,
            about_id=about_id,
            defaults={"read_at": clock.now()},
        )
