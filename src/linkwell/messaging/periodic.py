"""What comes round: messages to be tried again, and sendings that never ended."""

from datetime import timedelta

from linkwell.core import periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging.actions import give_up_waiting, try_again
from linkwell.messaging.handlers import remind_of_concern
from linkwell.messaging.queries import due_again, left_sending
from linkwell.people.queries import concerns_unseen

LONGEST_SENDING = timedelta(minutes=10)


@periodic.every("* * * * *")
def look_after_messages(scope: Scope) -> None:
    """Queue what is due again; call unknown what has been going for ten minutes."""
    for message_id in due_again(scope, clock.now()):
        try_again(scope=scope, message_id=message_id)
    for message_id in left_sending(scope, clock.now() - LONGEST_SENDING):
        give_up_waiting(scope=scope, message_id=message_id)


@periodic.every("10 8-20 * * *")
def concerns_nobody_has_taken(scope: Scope) -> None:
    """A safeguarding concern never waits unseen: everybody who can take it hears of it again, once a day."""
    for concern_id in concerns_unseen(scope):
        remind_of_concern(scope, concern_id, clock.today())
