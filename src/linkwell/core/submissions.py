"""One form, one effect: a form carries a key, and the same key sent again finds what the first one made."""

from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.core.models import Submission
from linkwell.core.scope import Scope


def earlier(scope: Scope, key: UUID) -> UUID | None:
    """The object an earlier sending of this form made, if any. Call it first in the action."""
    found = Submission.objects.filter(organisation_id=scope.organisation_id, key=key).values_list("object_id").first()
    return found[0] if found else None


def remember(scope: Scope, key: UUID, object_id: UUID) -> UUID:
    """Note what this form made. Two at the same moment: the second waits, then learns of the first's object."""
    try:
        with transaction.atomic():
            Submission.objects.create(organisation_id=scope.organisation_id, key=key, object_id=object_id)
    except IntegrityError:
        raise AlreadySent from None
    return object_id


class AlreadySent(Exception):
    """The same form arrived twice at once: undo this transaction and show the answer of the first."""
