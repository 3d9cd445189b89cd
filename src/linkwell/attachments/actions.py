"""Every write of an attached file."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from linkwell.attachments.belonging import record_of
from linkwell.attachments.clamd import Verdict
from linkwell.attachments.models import Attachment, AttachmentBytes
from linkwell.attachments.permissions import ATTACH, CHECK_FILES, TAKE_OFF
from linkwell.attachments.preparing import Ready
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.permissions import CARE_TEAM
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

# How long to wait before the scanner is asked again; the last holds from then on.
AGAIN_AFTER = tuple(timedelta(minutes=each) for each in (2, 10, 60, 360))
# How long a file that was taken off can be put back.
KEPT_FOR = timedelta(days=7)


@action(ATTACH)
def attach(
    *,
    scope: Scope,
    about_kind: str,
    about_id: UUID,
    file: Ready,
    person_id: UUID | None = None,
    came_with: UUID | None = None,
    copy_of: UUID | None = None,
) -> UUID:
    """Keep a file with a thing. Whoever calls has checked that this scope is part of the thing.

    Emits "attachment.waiting", upon which it is checked. Raises Invalid when the thing has too many.
    """
    there = Attachment.objects.filter(organisation_id=scope.organisation_id, about_id=about_id)
    if there.exclude(state__in=("removed", "gone")).count() >= settings.FILES_EACH:
        raise Invalid({"file": f"There are {settings.FILES_EACH} files here already. Take one off first"})
    row = Attachment(
        organisation_id=scope.organisation_id,
        state="waiting",
        about_kind=about_kind,
        about_id=about_id,
        came_with=came_with,
        person_id=person_id,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        added_by_id=scope.user_id,
        added_by_name=scope.actor_name[:120],
        copy_of_id=copy_of,
    )
    states.begin(scope=scope, row=row, person_id=person_id)
    AttachmentBytes.objects.create(organisation_id=scope.organisation_id, attachment=row, content=file.content)
    return row.pk


@action(CHECK_FILES)
def note_verdict(*, scope: Scope, attachment_id: UUID, verdict: Verdict) -> None:
    """What the scanner said. The bytes of a harmful file are gone in the same moment."""
    row = states.lock(Attachment, attachment_id)
    if row.state != "waiting":
        audit.record(scope, "checked too late", "attachment", row.pk)
        return
    row.checked_at, row.checked_by, row.try_again_at = clock.now(), verdict.scanner, None
    to = "harmful" if verdict.harmful else "clean"
    if verdict.harmful:
        AttachmentBytes.objects.filter(attachment=row).delete()
    states.move(scope=scope, row=row, to=to, fields=("checked_at", "checked_by", "try_again_at"))


@action(CHECK_FILES)
def note_not_checked(*, scope: Scope, attachment_id: UUID, why: str, again: bool) -> None:
    """It could not be checked, and why. `again`: there is a scanner, which is asked again after a while."""
    row = states.lock(Attachment, attachment_id)
    if row.state != "waiting":
        audit.record(scope, "checked too late", "attachment", row.pk)
        return
    row.try_again_at = clock.now() + AGAIN_AFTER[min(row.tries, len(AGAIN_AFTER) - 1)] if again else None
    row.tries = min(row.tries + 1, 1000)
    states.move(scope=scope, row=row, to="unchecked", reason=why, fields=("try_again_at", "tries"))


@action(CHECK_FILES)
def check_again(*, scope: Scope, attachment_id: UUID) -> None:
    """Put it before the scanner once more."""
    row = states.lock(Attachment, attachment_id)
    if row.state != "unchecked":
        audit.record(scope, "needs no check", "attachment", row.pk)
        return
    states.move(scope=scope, row=row, to="waiting")


@action(TAKE_OFF)
def take_off(*, scope: Scope, attachment_id: UUID, expected_version: int, reason: str) -> None:
    """Take a file off its record. It can be put back for some days. Raises Invalid without a reason, NotFound."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it is taken off"})
    with handed_over(_authority(scope, attachment_id)) as work:
        row = states.lock(Attachment, attachment_id, expected_version=expected_version)
        row.removed_at = clock.now()
        why, who = reason.strip()[:300], row.person_id
        states.move(scope=work.scope, row=row, to="removed", reason=why, fields=("removed_at",), person_id=who)


@action(TAKE_OFF)
def put_back(*, scope: Scope, attachment_id: UUID, expected_version: int) -> None:
    """Undo that, while it can be. It is checked for viruses anew."""
    with handed_over(_authority(scope, attachment_id)) as work:
        row = states.lock(Attachment, attachment_id, expected_version=expected_version)
        row.removed_at = None
        states.move(scope=work.scope, row=row, to="waiting", fields=("removed_at",), person_id=row.person_id)


def _authority(scope: Scope, attachment_id: UUID) -> Scope:
    """The care team may take off any file of its records; anybody else only what they attached themselves."""
    found = Attachment.objects.filter(pk=attachment_id).first()
    if found is None or (scope.role not in CARE_TEAM and found.added_by_id != scope.user_id):
        raise NotFound("We could not find that file.")
    return record_of(scope, found.about_kind, found.about_id).acting or scope


@action(CHECK_FILES)
def forget_bytes(*, scope: Scope, attachment_id: UUID) -> None:
    """The days are over: of a file that was taken off, only that there was one stays."""
    row = states.lock(Attachment, attachment_id)
    AttachmentBytes.objects.filter(attachment=row).delete()
    row.name = ""
    states.move(scope=scope, row=row, to="gone", fields=("name",))
