"""What comes round: files the scanner could not look at, and files that were taken off long enough ago."""

from uuid import UUID

from django.conf import settings

from linkwell.attachments.actions import KEPT_FOR, check_again, forget_bytes
from linkwell.attachments.queries import removed_before, to_check_again
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock


@periodic.one_by_one
def look_again(scope: Scope, attachment_id: UUID) -> None:
    check_again(scope=scope, attachment_id=attachment_id)


@periodic.one_by_one
def let_go(scope: Scope, attachment_id: UUID) -> None:
    forget_bytes(scope=scope, attachment_id=attachment_id)


@periodic.every("*/2 * * * *")
def look_at_files_again(scope: Scope) -> None:
    """Where there is a scanner, whatever it could not look at is put before it again when its time comes."""
    if settings.CLAMD:
        look_again.over(scope, to_check_again(scope, clock.now()))


@periodic.every("40 3 * * *")
def let_go_of_removed_files(scope: Scope) -> None:
    """The bytes of a file that was taken off go after some days, and its name with them."""
    let_go.over(scope, removed_before(scope, clock.now() - KEPT_FOR))
