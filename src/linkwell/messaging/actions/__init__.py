"""Every write of messages and threads."""

from linkwell.messaging.actions.deciding import cancel_message, say_it_arrived, send_again
from linkwell.messaging.actions.delivering import (
    begin_sending,
    end_sending,
    give_up_waiting,
    note_bounce,
    try_again,
)
from linkwell.messaging.actions.sending import send
from linkwell.messaging.actions.stopping import take_back_unsent
from linkwell.messaging.actions.threads import note_read, post_to_thread

__all__ = [
    "begin_sending",
    "cancel_message",
    "end_sending",
    "give_up_waiting",
    "note_bounce",
    "note_read",
    "post_to_thread",
    "say_it_arrived",
    "send",
    "send_again",
    "take_back_unsent",
    "try_again",
]
