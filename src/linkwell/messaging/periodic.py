"""What comes round: messages to be tried again, and sendings that never ended."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from linkwell.core import outbox, periodic
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.messaging.actions import give_up_waiting, try_again
from linkwell.messaging.handlers import remind_of_concern
from linkwell.messaging.queries import due_again, left_sending
from linkwell.people.queries import concerns_unseen

LONGEST_SENDING = timedelta(minutes=10)


@periodic.one_by_one
def again(scope: Scope, message_id: UUID) -> None:
    try_again(scope=scope, message_id=message_id)


@periodic.one_by_one
def give_up(scope: Scope, message_id: UUID) -> None:
    give_up_waiting(scope=scope, message_id=message_id)


@periodic.one_by_one
def remind_again(scope: Scope, concern_id: UUID) -> None:
    remind_of_concern(scope, concern_id, clock.today())


@periodic.every("* * * * *")
def look_after_messages(scope: Scope) -> None:
    """Queue what is due again; call unknown what has been going for ten minutes."""
    again.over(scope, due_again(scope, clock.now()))
    give_up.over(scope, left_sending(scope, clock.now() - LONGEST_SENDING))


@periodic.every("*/5 * * * *", once_for_all=True)
def look_into_the_mailbox(scope: Scope) -> None:
    """Mail that came back, every five minutes where a mailbox is set up. Read outside this transaction."""
    if settings.BOUNCE_HOST and not settings.DEMO:
        outbox.emit(scope, "mailbox.look", object_id=scope.organisation_id)


@periodic.every("10 8-20 * * *")
def concerns_nobody_has_taken(scope: Scope) -> None:
    """A safeguarding concern never waits unseen: everybody who can take it hears of it again, once a day."""
    remind_again.over(scope, concerns_unseen(scope))
