"""What somebody chooses for their own eyes, hands and mornings."""

from dataclasses import asdict, dataclass

from linkwell.accounts.models import Digest, ListLength, TextSize, TodayFirst, User
from linkwell.accounts.permissions import OWN_PREFERENCES
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Preferences:
    """Values are those of the enumerations. `list_length` is in lines."""

    text_size: str = TextSize.USUAL
    shortcut_keys: bool = True
    today_first: str = TodayFirst.APPOINTMENTS
    digest: str = Digest.NONE
    list_length: int = ListLength.USUAL


@action(OWN_PREFERENCES)
def choose_preferences(*, scope: Scope, chosen: Preferences) -> None:
    """How pages look and what is sent, for this user in every role."""
    if scope.user_id is None:
        raise NotAllowed
    values = asdict(chosen)
    User.objects.filter(pk=scope.user_id).update(**values)
    audit.record(scope, "changed", "preferences", scope.user_id, fields=tuple(values))
