"""The rooms of a hospital are there for hospitals alone."""

from linkwell.accounts import queries as accounts
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound

TRUST = "trust"


def is_trust(scope: Scope) -> bool:
    """Whether the organisation acted for is a hospital trust."""
    return accounts.organisation(scope.organisation_id).kind == TRUST


def only_trusts(scope: Scope) -> None:
    """Raises NotFound for any other organisation: to it these pages are not there."""
    if not is_trust(scope):
        raise NotFound
