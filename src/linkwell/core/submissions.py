"""One form, one effect: a form carries a key, and the same key sent again finds what the first one made."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.core.models import Submission
from linkwell.core.scope import Scope

P = ParamSpec("P")
R = TypeVar("R")


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


def second_sending_finds_the_first(function: Callable[P, R]) -> Callable[P, R]:
    """Around an action: two sendings of one form at the same moment; the later one waited, was undone, looks again."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except AlreadySent:
            return function(*args, **kwargs)

    return run


class AlreadySent(Exception):
    """The same form arrived twice at once: undo this transaction and show the answer of the first."""
