"""What loading a large feed takes of memory, end to end into PostgreSQL: `python -m tests.bench.importing [--mb N]`.

Each size is loaded by a process of its own from a stream that is made while it is read. Writes
docs/reference/importing.md: memory must not grow with the feed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import django

from linkwell.core.postgres import temporary_server
from linkwell.kernel import clock

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "importing.md"
SETTINGS = {"archive_mode": "off", "shared_buffers": "256MB", "synchronous_commit": "off", "max_wal_size": "4GB"}
MB = 1_000_000
# What the whole process may have grown to, beside loading the smallest feed.
TARGET = 1.25
WORDS = (
    "tea", "talk", "walk", "sing", "garden", "swim", "debt", "food", "history", "dance", "quiet", "evening", "women",
    "carers", "bus", "hall", "river", "bread",
)  # fmt: skip


class Feed:
    """A feed of about so many bytes, as a stream; nothing of it is kept."""

    def __init__(self, size: int) -> None:
        self._pieces = self._made(size)
        self.sent = 0

    def read(self, size: int = -1, /) -> bytes:
        piece = next(self._pieces, b"")
        self.sent += len(piece)
        return piece

    def _made(self, size: int) -> Iterator[bytes]:
        yield b"["
        number = 0
        while self.sent < size:
            yield (b"," if number else b"") + json.dumps(service(number)).encode()
            number += 1
        yield b"]"


@cache
def _prose(number: int) -> str:
    return " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 2_400))


def service(number: int) -> dict[str, Any]:
    said = _prose(number % len(WORDS))
    return {
        "id": f"s{number}",
        "name": f"{WORDS[number % len(WORDS)].capitalize()} group {number}",
        "description": f"<p>{said}</p>",
        "email": f"group{number}@example.org",
        "organization": {"id": f"o{number % 500}", "name": f"Organisation {number % 500}"},
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TH", "opens_at": "10:00", "closes_at": "12:00"}],
        "service_at_locations": [
            {
                "location": {
                    "id": f"p{number}",
                    "location_type": "physical",
                    "name": "Hall",
                    "latitude": 51 + number % 997 / 1000,
                    "longitude": -6,
                    "addresses": [{"address_1": "3 Mill Lane", "postal_code": "ZW1 1AA"}],
                }
            }
        ],
    }


def load(size: int) -> dict[str, float]:
    """One feed into an organisation of its own. Memory in MB: before, and the most that the process ever held."""
    from linkwell.directory.actions import import_feed
    from linkwell.interop.openreferral import read
    from tests.bench.finding_place import organisation_to_measure

    scope = organisation_to_measure(f"BENCH{size}")
    feed = Feed(size * MB)
    before, begun = _resident(), time.monotonic()
    result = import_feed(scope=scope, reading=read(feed), source_name="Bench", location="bench.json")
    assert result.complete, result.held
    assert result.read == result.added, result.rejected[:3]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {
        "mb": feed.sent / MB,
        "services": result.added,
        "seconds": time.monotonic() - begun,
        "before": before,
        "most": most,
    }


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MB


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mb", type=int, nargs="+", default=[10, 50, 100])
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one is not None:
        django.setup()
        sys.stdout.write(json.dumps(load(given.one)))
        return
    with temporary_server(SETTINGS) as server:
        os.environ |= {"LINKWELL_HOME": str(server.home), "DJANGO_SETTINGS_MODULE": "linkwell.web.settings"}
        django.setup()
        from linkwell.core.migrate import migrate

        migrate()
        PAGE.write_text(report([_in_a_process(size) for size in given.mb]))
    sys.stdout.write(PAGE.read_text())


def _in_a_process(size: int) -> dict[str, float]:
    sys.stderr.write(f"Loading {size} MB\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.importing", "--one", str(size)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(measured: list[dict[str, float]]) -> str:
    least = measured[0]["most"]
    return "\n".join(
        [
            "# What loading a large feed takes",
            "",
            "Written by `python -m tests.bench.importing`. A feed of whole services in the layout of Open Referral",
            "UK, some 13 kB each, is read as a stream and loaded into PostgreSQL in one transaction, each size by a",
            "process of its own. What counts is the memory at its highest beside that of the smallest feed:",
            f"at most {TARGET} times as much.",
            "",
            "| feed (MB) | services | memory before (MB) | memory at its highest (MB) | ratio | services a second |",
            "|---:|---:|---:|---:|---:|---:|",
            *(
                f"| {each['mb']:.0f} | {each['services']:,.0f} | {each['before']:.0f} | {each['most']:.0f}"
                f" | {each['most'] / least:.2f} | {each['services'] / each['seconds']:.0f} |"
                for each in measured
            ),
            "",
            f"{clock.today():%-d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
            f"Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
