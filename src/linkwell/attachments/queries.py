"""Reading files: lists without their bytes, one to be opened, and what waits for the scanner."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from linkwell.attachments.belonging import Record, record_of
from linkwell.attachments.details import FileRow, Harm, Opened
from linkwell.attachments.models import Attachment, AttachmentBytes, FileKind
from linkwell.attachments.permissions import CHECK_FILES, OPEN_FILES
from linkwell.attachments.preparing import ENDINGS, Ready
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound

MOST = 200
NEVER_SHOWN = ("removed", "gone")


def may_open(state: str) -> bool:
    """Deny by default: what nobody checked stays closed unless the place has decided otherwise."""
    return state == "clean" or (state in ("waiting", "unchecked") and settings.OPEN_UNCHECKED)


@query(OPEN_FILES)
def files_of(scope: Scope, about_ids: Collection[UUID], *, restricted: bool = False) -> tuple[FileRow, ...]:
    """Files about these things, oldest first. Whoever calls has checked that this scope is part of them."""
    rows = Attachment.objects.filter(about_id__in=about_ids).exclude(state__in=NEVER_SHOWN)
    return tuple(_row(each, restricted=restricted) for each in rows.order_by("id")[:MOST])


@query(OPEN_FILES)
def file(scope: Scope, attachment_id: UUID) -> tuple[FileRow, Record]:
    """One file and the record it belongs to. Raises NotFound for whoever may not see that record."""
    row = _one(scope, attachment_id)
    record = record_of(scope, row.about_kind, row.about_id)
    return _row(row, restricted=record.restricted), record


@query(OPEN_FILES, opening=True)
def open_file(scope: Scope, attachment_id: UUID) -> Opened:
    """Hand out its bytes and note that it was opened. Raises NotFound, also for one that may not be opened now."""
    row = _one(scope, attachment_id)
    record = record_of(scope, row.about_kind, row.about_id)
    kept = AttachmentBytes.objects.filter(attachment=row).first() if may_open(row.state) else None
    if kept is None:
        raise NotFound("We could not find that file.")
    audit.record_opening(scope, "attachment", row.pk, person_id=record.person_id)
    return Opened(_name(row, restricted=record.restricted), row.kind, kept.content)


@query(OPEN_FILES, opening=True)
def to_send_on(scope: Scope, attachment_id: UUID) -> tuple[Ready, UUID]:
    """A file to be copied, and the id of what it is about. Noted as an opening. Raises NotFound as opening it does."""
    row = _one(scope, attachment_id)
    opened = open_file(scope, attachment_id)
    return Ready(row.name, opened.kind, opened.content), row.about_id


@query(CHECK_FILES)
def to_check(scope: Scope, attachment_id: UUID) -> bytes | None:
    """The bytes of a file that waits for its check; None when it no longer does."""
    waiting = AttachmentBytes.objects.filter(
        organisation_id=scope.organisation_id, attachment_id=attachment_id, attachment__state="waiting"
    ).first()
    return waiting.content if waiting else None


@query(CHECK_FILES)
def to_check_again(scope: Scope, now: datetime) -> tuple[UUID, ...]:
    """Files that could not be checked and are due again."""
    due = Q(try_again_at=None) | Q(try_again_at__lte=now)
    rows = Attachment.objects.filter(due, organisation_id=scope.organisation_id, state="unchecked")
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[:MOST])


@query(CHECK_FILES)
def removed_before(scope: Scope, moment: datetime) -> tuple[UUID, ...]:
    """Files that were taken off before this moment and whose bytes are still there."""
    rows = Attachment.objects.filter(organisation_id=scope.organisation_id, state="removed", removed_at__lt=moment)
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[:MOST])


@query(CHECK_FILES)
def harm(scope: Scope, attachment_id: UUID) -> Harm | None:
    """Whom to tell that this file was kept out; None when it was not."""
    row = Attachment.objects.filter(
        organisation_id=scope.organisation_id, pk=attachment_id, state="harmful", copy_of=None
    ).first()
    if row is None:
        return None
    record = record_of(scope, row.about_kind, row.about_id)
    return Harm(row.about_kind, row.about_id, record.team_id, record.person_id, row.added_by_id, record.page)


def _one(scope: Scope, attachment_id: UUID) -> Attachment:
    row = Attachment.objects.filter(pk=attachment_id).exclude(state="gone").first()
    if row is None:
        raise NotFound("We could not find that file.")
    return row


def _row(row: Attachment, *, restricted: bool) -> FileRow:
    return FileRow(
        id=row.pk,
        version=row.version,
        about_kind=row.about_kind,
        about_id=row.about_id,
        came_with=row.came_with,
        name=_name(row, restricted=restricted),
        kind=row.kind,
        kind_words=str(FileKind(row.kind).label),
        size=row.size,
        state=row.state,
        state_words=row.moves.words[row.state],
        added_by_id=row.added_by_id,
        added_by=row.added_by_name,
        added_at=row.created_at,
        may_open=may_open(row.state),
    )


def _name(row: Attachment, *, restricted: bool) -> str:
    """What somebody called it; for a restricted person only what it is, since a name may say where they are."""
    return f"{FileKind(row.kind).label.capitalize()}.{ENDINGS[row.kind]}" if restricted else row.name
