"""What somebody chooses for their own eyes and hands."""

from linkwell.accounts.models import User
from linkwell.accounts.permissions import OWN_PREFERENCES
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotAllowed


@action(OWN_PREFERENCES)
def choose_preferences(*, scope: Scope, text_size: str, shortcut_keys: bool) -> None:
    """Size of the text and keys of one letter, for this user in every role."""
    if scope.user_id is None:
        raise NotAllowed
    User.objects.filter(pk=scope.user_id).update(text_size=text_size, shortcut_keys=shortcut_keys)
    audit.record(scope, "changed", "preferences", scope.user_id, fields=("text_size", "shortcut_keys"))
