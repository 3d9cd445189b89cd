"""From a hospital's message to its place on the list: `python -m tests.bench.live [--visits N --treated N]`.

A trust with millions of past visits in its activity store and thousands of people treated now. A message that makes
somebody's visits five is sent over the line; the clock stops when their row stands among the people to offer support
to. The line, the working out and the worker are the commands as they are installed. Writes docs/reference/live.md.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django

from linkwell.core.postgres import temporary_server
from linkwell.kernel import clock

if TYPE_CHECKING:
    from linkwell.core.scope import Scope

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "live.md"
SETTINGS = {"archive_mode": "off", "shared_buffers": "256MB", "max_wal_size": "4GB"}
YEARS, AIM = 10, 5.0
SAMPLES, BESIDE = 12, 20
LONGEST = 600.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--visits", type=int, default=2_000_000)
    asked.add_argument("--treated", type=int, default=20_000)
    given = asked.parse_args()
    with temporary_server(SETTINGS) as server:
        os.environ |= {"LINKWELL_HOME": str(server.home), "DJANGO_SETTINGS_MODULE": "linkwell.web.settings"}
        django.setup()
        PAGE.write_text(measured(server.home, given.visits, given.treated))
    sys.stdout.write(PAGE.read_text())


def measured(home: Path, visits: int, treated: int) -> str:
    from linkwell.core.migrate import migrate
    from linkwell.hospital.actions.looking import look
    from linkwell.hospital.activity.queries import files

    migrate()
    scope = _hospital()
    held = _activity(scope, home, visits)
    with _running("adt", "listen", "--organisation", "RWX01", "--port", "0") as said:
        port = int(said.rpartition(":")[2].strip(" .\n"))
        _treated_now(scope, port, treated)
        everybody = _seconds(lambda: look(scope, files(scope)))
        with _running("worker", wait=False):
            _until(scope, _worker_is_up)
            half = SAMPLES // 2
            taken = [_one(scope, port, treated, number) for number in range(half)]
            _begin_round(scope)
            beside = [_one(scope, port, treated, number) for number in range(half, SAMPLES)]
    return page(held, treated, everybody, taken, beside)


def _begin_round(scope: Scope) -> None:
    from linkwell.core import outbox
    from linkwell.core.database import scoped
    from linkwell.hospital.actions.looking import BEGINNING, ROUND

    with scoped(scope):
        outbox.emit(scope, ROUND, object_id=BEGINNING)


def _worker_is_up() -> bool:
    """It has done what comes by the clock, which falls due when it begins."""
    from linkwell.core.models import OutboxEvent
    from linkwell.core.worker import backlog

    begun = OutboxEvent.objects.filter(event__startswith="periodic.").exclude(done_at=None)
    return begun.exists() and backlog().waiting == 0


def _one(scope: Scope, port: int, treated: int, number: int) -> float:
    """Seconds from sending the message, with others about other people, until the row stands."""
    from linkwell.hospital.models import CandidateReason

    who = f"R{number:09}"
    others = [_message(f"P{treated + number * BESIDE + each:09}", 0) for each in range(BESIDE)]
    found = CandidateReason.objects.filter(candidate__patient__identifiers__value=who, rule="repeat_attendance")

    def sent_and_found() -> None:
        _send(port, [*others, _message(who, 0)])
        _until(scope, found.exists)

    seconds = _seconds(sent_and_found)
    sys.stderr.write(f"{seconds:.2f} s, load {os.getloadavg()[0]:.1f}\n")
    return seconds


def _hospital() -> Scope:
    from linkwell.accounts.models import Organisation
    from linkwell.core.scope import system_scope

    return system_scope(Organisation.objects.create(code="RWX01", name="Wexcombe", kind="trust").pk, "bench")


def _activity(scope: Scope, home: Path, visits: int) -> dict[str, int]:
    """Histories of ten years, and of twelve people four visits each in the last year; rows held by table."""
    from linkwell.cohorts.generating import generate
    from linkwell.hospital.activity.actions import import_files

    made = generate(home / "made", people=visits // 4, years=YEARS, seed=3, last_day=clock.today())
    for kind in ("attendances", "spells", "delays"):
        import_files(scope=scope, kind=kind, paths=[home / "made" / f"{kind}.parquet"])
    with (home / "made" / "four.csv").open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["attendance_id", "person_id", "arrived_at", "category"])
        for number in range(SAMPLES):
            for days in (10, 60, 150, 300):
                came = clock.today() - dt.timedelta(days=days)
                rows.writerow([f"R{number}-{days}", f"R{number:09}", f"{came} 10:00", "1"])
    import_files(scope=scope, kind="attendances", paths=[home / "made" / "four.csv"])
    return made.rows


def _treated_now(scope: Scope, port: int, treated: int) -> None:
    """So many people who left A&E in the last month; what follows from each was handled before we measure."""
    from linkwell.core.models import OutboxEvent
    from linkwell.hospital.models import Stay

    for start in range(0, treated, 1_000):
        _send(port, [_message(f"P{each:09}", 1 + each % 27) for each in range(start, min(start + 1_000, treated))])
    _until(scope, lambda: Stay.objects.count() >= treated)
    OutboxEvent.objects.filter(done_at=None).update(done_at=clock.now())


def _message(who: str, days_ago: int) -> bytes:
    """A visit to A&E that began so many days ago, over by now where it is not today's."""
    now = clock.london(clock.now())
    came = now - dt.timedelta(days=days_ago)
    trigger, left = ("A03", f"{came + dt.timedelta(hours=3):%Y%m%d%H%M}") if days_ago else ("A04", "")
    pv1 = [""] * 46
    pv1[:4] = "PV1", "1", "E", "AE"
    pv1[19], pv1[44], pv1[45] = f"V{who}", f"{came:%Y%m%d%H%M}", left
    return "\r".join([
        f"MSH|^~\\&|PAS|WEXGEN|LINKWELL|RWX01|{now:%Y%m%d%H%M%S}||ADT^{trigger}|{who}{days_ago}|P|2.4",
        f"EVN|{trigger}|{now:%Y%m%d%H%M%S}",
        f"PID|1||{who}^^^WEXPAS^MR||EVERYMAN^ADAM||19580412|M|||12 MILL LANE^^WEXCOMBE^^ZW5 9QY",
        "|".join(pv1),
    ]).encode()  # fmt: skip


def _send(port: int, messages: Sequence[bytes]) -> None:
    """Over the line, all at once; back when each is acknowledged."""
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answers:
        line.sendall(b"".join(b"\x0b" + each + b"\x1c\x0d" for each in messages))
        answered = b""
        while answered.count(b"\x1c\x0d") < len(messages):
            answered += answers.read1()
    if answered.count(b"|AA|") != len(messages):
        raise RuntimeError(answered.decode()[-300:])


def _until(scope: Scope, holds: Callable[[], bool]) -> None:
    from linkwell.core.database import scoped

    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        with scoped(scope, read_only=True):
            if holds():
                return
        time.sleep(0.05)
    raise TimeoutError


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def _running(*command: str, wait: bool = True) -> Iterator[str]:
    """A command of ours beside us, and the first line it says."""
    asked = [sys.executable, "-m", "linkwell.web.cli", *command]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline() if wait and process.stdout else ""
        finally:
            process.terminate()


def page(held: dict[str, int], treated: int, everybody: float, taken: list[float], beside: list[float]) -> str:
    return "\n".join([
        "# From a message to the list of people to offer support to", "",
        "Written by `python -m tests.bench.live`. A trust's store holds "
        f"{held['attendances']:,} visits to A&E and {held['spells']:,} stays of {YEARS} years; {treated:,} people are "
        f"treated there now. {SAMPLES} times a message that makes somebody's visits five in a year is sent over the "
        f"line, with {BESIDE} about other people before it. The clock stops when their row stands. The listener, what "
        "works messages out and the worker are the commands as installed, and have been running for a minute.", "",
        "| seconds | median | the slowest | aim |", "|---|---:|---:|---:|",
        *(f"| message to row{when} | {statistics.median(each):.1f} | {max(each):.1f} | {AIM:.0f} |"
          for when, each in (("", taken), (", during the hourly round", beside))), "",
        f"A first look at all {treated:,} people at once, which puts those found on the list: {everybody:.1f} s.", "",
        f"{clock.today():%-d %B %Y}, {platform.system()}, {os.cpu_count()} processors, load "
        f"{os.getloadavg()[0]:.1f} at the end.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
