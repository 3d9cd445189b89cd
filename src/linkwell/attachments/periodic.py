"""What comes round: files the scanner could not look at, and files that were taken off long enough ago."""

from django.conf import settings

from linkwell.attachments.actions import KEPT_FOR, check_again, forget_bytes
from linkwell.attachments.queries import removed_before, to_check_again
from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock


@periodic.every("*/2 * * * *")
def look_at_files_again(scope: Scope) -> None:
    """Where there is a scanner, whatever it could not look at is put before it again when its time comes."""
    if settings.CLAMD:
        for attachment_id in to_check_again(scope, clock.now()):
            check_again(scope=scope, attachment_id=attachment_id)


@periodic.every("40 3 * * *")
def let_go_of_removed_files(scope: Scope) -> None:
    """The bytes of a file that was taken off go after some days, and its name with them."""
    for attachment_id in removed_before(scope, clock.now() - KEPT_FOR):
        forget_bytes(scope=scope, attachment_id=attachment_id)
