import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

import click
import structlog

from linkwell.core import periodic, sealer
from linkwell.core import worker as outbox_worker
from linkwell.kernel import clock

REST = 0.25
SEAL_EACH = 1.0
LOOK_AT_CLOCK_EACH = 20.0

log = structlog.get_logger()


@click.command()
def worker() -> None:
    """Run the job worker until it is told to stop."""
    stop = threading.Event()

    def told_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    threading.Thread(target=_seal_until, args=(stop,), daemon=True).start()
    _work_until(stop)


def _work_until(stop: threading.Event) -> None:
    parent = os.getppid()
    looked = 0.0
    while not stop.is_set() and os.getppid() == parent:
        if time.monotonic() - looked > LOOK_AT_CLOCK_EACH:
            _safely(lambda: periodic.emit_due(clock.now()))
            looked = time.monotonic()
        if not _safely(outbox_worker.work_off):
            stop.wait(REST)


def _seal_until(stop: threading.Event) -> None:
    while not stop.is_set():
        _safely(sealer.seal_all)
        stop.wait(SEAL_EACH)


def _safely(work: Callable[[], int | None]) -> int:
    """A database that went away comes back; the worker waits for it instead of dying."""
    from django.db import close_old_connections
    from django.db.utils import InterfaceError, OperationalError

    try:
        close_old_connections()
        return work() or 0
    except (OperationalError, InterfaceError):
        log.warning("database away")
        time.sleep(1)
        return 0
