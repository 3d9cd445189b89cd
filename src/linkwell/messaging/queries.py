"""Reading what was sent and what was said in threads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.messaging.models import Audience, Channel, Message, ThreadPost, ThreadRead
from linkwell.messaging.outgoing import Outgoing
from linkwell.messaging.permissions import DELIVER, DEMO_SEE, SENT_DECIDE, SENT_SEE, THREAD_READ

SIZE = 20


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a thread. `author_kind` is user, link or public."""

    id: UUID
    author_kind: str
    author_id: UUID | None
    author_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as a list shows it. `address`, `subject` and `body` are empty where they may not be seen."""

    id: UUID
    audience_words: str
    channel: str
    channel_words: str
    state: str
    state_words: str
    held_reason: str
    created_at: datetime
    sent_at: datetime | None
    version: int
    address: str = ""
    subject: str = ""
    body: str = ""


@query(THREAD_READ)
def thread(scope: Scope, about_id: UUID) -> tuple[Post, ...]:
    """The posts about one thing, oldest first. Empty when there are none or they are another organisation's."""
    rows = ThreadPost.objects.filter(organisation_id=scope.organisation_id, about_id=about_id).order_by("id")
    return tuple(
        Post(row.pk, row.author_kind, row.author_id, row.author_name, row.text, row.created_at) for row in rows
    )


@query(THREAD_READ)
def threads(scope: Scope, about_ids: Collection[UUID]) -> dict[UUID, tuple[Post, ...]]:
    """The same for several things, in one question. A thing without posts is not in it."""
    rows = ThreadPost.objects.filter(organisation_id=scope.organisation_id, about_id__in=about_ids).order_by("id")
    found: dict[UUID, list[Post]] = {}
    for row in rows:
        post = Post(row.pk, row.author_kind, row.author_id, row.author_name, row.text, row.created_at)
        found.setdefault(row.about_id, []).append(post)
    return {about_id: tuple(posts) for about_id, posts in found.items()}


@query(THREAD_READ)
def read_up_to(scope: Scope, about_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Until when whoever asks has read each of these threads. One they never opened is not in it."""
    if scope.user_id is None:
        return {}
    rows = ThreadRead.objects.filter(
        organisation_id=scope.organisation_id, reader_id=scope.user_id, about_id__in=about_ids
    )
    return dict(rows.values_list("about_id", "read_at"))


@query(SENT_SEE)
def sent_messages(scope: Scope, page: int = 1, *, needs_attention: bool = False) -> Page[MessageRow]:
    """Messages of this organisation, newest first, without address or words."""
    return _page(scope, page, words=False, needs_attention=needs_attention)


@query(DEMO_SEE)
def kept_messages(scope: Scope, page: int = 1, *, needs_attention: bool = False) -> Page[MessageRow]:
    """The same with address and words: only where nothing is really sent and everyone is made up. Else NotFound."""
    if not settings.DEMO:
        raise NotFound("We could not find that page.")
    return _page(scope, page, words=True, needs_attention=needs_attention)


@query(SENT_DECIDE)
def message(scope: Scope, message_id: UUID) -> MessageRow:
    """One message, without its words. Raises NotFound."""
    row = Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id).first()
    if row is None:
        raise NotFound("We could not find that message.")
    return _row(row, words=False)


@query(DELIVER)
def to_ask_about(scope: Scope, message_id: UUID, state: str) -> Outgoing | None:
    """A message to ask its provider about, without its words; None when it is no longer in that state."""
    row = Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id, state=state).first()
    if row is None:
        return None
    return Outgoing(row.pk, row.version, row.channel, "", "", "", row.attempts)


@query(DELIVER)
def sent_from_here(scope: Scope, message_ids: Collection[UUID]) -> tuple[UUID, ...]:
    """Which of these are messages of this organisation."""
    rows = Message.objects.filter(organisation_id=scope.organisation_id, pk__in=message_ids)
    return tuple(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class AboutWhat:
    """What a message was about, and where it went."""

    about_kind: str
    about_id: UUID
    address: str


@query(DELIVER)
def what_it_was_about(scope: Scope, message_id: UUID) -> AboutWhat | None:
    """None when the message is not this organisation's, or is gone."""
    row = Message.objects.filter(organisation_id=scope.organisation_id, pk=message_id).first()
    return AboutWhat(row.about_kind, row.about_id, row.address) if row is not None else None


@query(DELIVER)
def left_sending(scope: Scope, before: datetime) -> tuple[UUID, ...]:
    """Messages whose sending began before this moment and never ended: somebody was killed in between."""
    rows = Message.objects.filter(organisation_id=scope.organisation_id, state="sending", sent_at__lt=before)
    return tuple(rows.values_list("pk", flat=True)[:500])


@query(DELIVER)
def due_again(scope: Scope, now: datetime) -> tuple[UUID, ...]:
    """Held messages whose time to be tried again has come."""
    rows = Message.objects.filter(organisation_id=scope.organisation_id, state="held", try_again_at__lte=now)
    return tuple(rows.values_list("pk", flat=True)[:500])


def _page(scope: Scope, page: int, *, words: bool, needs_attention: bool) -> Page[MessageRow]:
    rows = Message.objects.filter(organisation_id=scope.organisation_id)
    if needs_attention:
        rows = rows.filter(state__in=["held", "unknown", "bounced"], try_again_at=None)
    start = (page - 1) * SIZE
    fetched = list(rows.order_by("-created_at", "-id")[start : start + SIZE + 1])
    return Page.of(fetched, number=page, size=SIZE).map(lambda row: _row(row, words=words))


def _row(row: Message, *, words: bool) -> MessageRow:
    return MessageRow(
        id=row.pk,
        audience_words=Audience(row.audience).label,
        channel=row.channel,
        channel_words=Channel(row.channel).label,
        state=row.state,
        state_words=Message.moves.words[row.state],
        held_reason=row.held_reason,
        created_at=row.created_at,
        sent_at=row.sent_at if row.state == "sent" else None,
        version=row.version,
        address=row.address if words else "",
        subject=row.subject if words else "",
        body=row.body if words else "",
    )
