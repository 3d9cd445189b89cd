"""Run as a program: a real worker that is killed at a chosen point of sending one message.

Arguments: the database, and where to die ("before" or "after" the provider call, or "during" the note of its answer).
"""

import os
import signal
import sys
from typing import Any

import django


def die(*args: Any, **kwargs: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def main(database: str, where: str) -> None:
    django.setup()
    from linkwell.core import states, worker
    from linkwell.messaging import handlers, senders
    from tests.databases import use_database

    use_database(database)
    if where == "before":
        vars(senders)["hand_over"] = die
    elif where == "after":
        vars(handlers)["end_sending"] = die
    else:
        # The note is half written: in its transaction and not committed.
        move = states.move

        def half(*, to: str, **rest: Any) -> None:
            move(to=to, **rest)
            if to == "sent":
                die()

        states.move = half
    worker.work_off()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
