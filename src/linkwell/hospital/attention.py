"""Lines of the start page about what a hospital sent and nobody could work out."""

from linkwell.accounts.attention import needs_attention
from linkwell.core.scope import Scope
from linkwell.hospital.actions.looking_after import TOO_LONG
from linkwell.hospital.permissions import LOOK_AFTER_FEEDS
from linkwell.hospital.queries.attention import attention_count
from linkwell.kernel import clock


@needs_attention("News of the hospital that needs attention", "hospital:feeds", permission=LOOK_AFTER_FEEDS)
def needing_attention(scope: Scope) -> int:
    return attention_count(scope)


@needs_attention("News of the hospital unread for over 4 hours", "hospital:feeds", permission=LOOK_AFTER_FEEDS)
def needing_it_too_long(scope: Scope) -> int:
    return attention_count(scope, before=clock.now() - TOO_LONG)
