"""Whether a form for adding somebody was sent before."""

from uuid import UUID

from linkwell.core import submissions
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.journey.permissions import ADD_PERSON


@query(ADD_PERSON)
def added_before(scope: Scope, key: str) -> UUID | None:
    """The referral an earlier sending of this form made; None for a key that is new, or no key at all."""
    try:
        return submissions.earlier(scope, UUID(key))
    except ValueError:
        return None
