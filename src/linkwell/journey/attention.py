"""Lines of the admin page about what did not go or did not finish."""

from linkwell.accounts.attention import needs_attention
from linkwell.core.scope import Scope
from linkwell.journey.permissions import UNFINISHED
from linkwell.journey.queries.unfinished import messages_held, unfinished_count
from linkwell.messaging.permissions import SENT_SEE


@needs_attention("Work that did not finish", "journey:unfinished", permission=UNFINISHED)
def work_given_up(scope: Scope) -> int:
    return unfinished_count(scope)


@needs_attention("Messages that did not go", "messaging:sent", permission=SENT_SEE)
def messages_that_did_not_go(scope: Scope) -> int:
    return messages_held(scope)
