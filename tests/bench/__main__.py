"""Benchmarks as ratios of one run: `python -m tests.bench [--people 50000]` writes docs/reference/benchmarks.md."""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import django

from linkwell.core.postgres import temporary_server
from linkwell.kernel import clock

if TYPE_CHECKING:
    from tests.bench.measure import Timed
    from tests.bench.place import Large

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "benchmarks.md"
FLOOR = "one indexed question"
TARGET = 3
# As an installation has it, but for the archive of the log, which a benchmark does not need.
SETTINGS = {"archive_mode": "off", "shared_buffers": "256MB", "synchronous_commit": "off", "max_wal_size": "4GB"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50_000)
    asked.add_argument("--played", type=int, default=100, help="lives played through the actions before copying")
    asked.add_argument("--rounds", type=int, default=40)
    given = asked.parse_args()
    with temporary_server(SETTINGS) as server:
        os.environ |= {"LINKWELL_HOME": str(server.home), "DJANGO_SETTINGS_MODULE": "linkwell.web.settings"}
        django.setup()
        run(given.people, given.played, given.rounds)


def run(people: int, played: int, rounds: int) -> None:
    from django.test.utils import override_settings, setup_test_environment

    from linkwell.core.migrate import migrate
    from tests.bench.measure import measure
    from tests.bench.pages import SELDOM, pages
    from tests.bench.place import build_large

    commit = _commit()
    setup_test_environment()
    migrate()
    begun = time.monotonic()
    large = build_large(people, played, progress)
    built = time.monotonic() - begun
    with override_settings(ROOT_URLCONF="tests.bench.urls"):
        timed = measure(pages(large.place), FLOOR, rounds, SELDOM)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(report(large, timed, rounds, built, commit))
    sys.stdout.write(PAGE.read_text())


def progress(words: str, done: int | None, total: int | None) -> None:
    if done is None or done == total or done % 20 == 0:
        sys.stderr.write(f"{words} {done or ''}\n")


def _commit() -> str:
    """The code that is measured, said before the long building during which others may commit."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=Path(__file__).parent).stdout.strip()


def report(large: "Large", timed: "list[Timed]", rounds: int, built: float, commit: str) -> str:
    counted = ", ".join(f"{number:,} {name.split('_')[1]}" for name, number in large.counts.items())
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`. Times depend on the computer, so what counts is the ratio to a signed-in page of",
            "the same server, in the same frame, that asks the database one indexed question. The aim is a ratio of at",
            f"most {TARGET}. Pages were asked for in turn, {rounds} times each; figures are medians.",
            "",
            f"Rows in the database: {counted}. {large.workers} link workers in teams of ten. Made in {built:.0f} s.",
            f"{clock.today():%-d %B %Y}, commit {commit}, {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} processors, Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}.",
            "",
            "| page | milliseconds | in the database | ratio | statements | slowest statement (ms) |",
            "|---|---:|---:|---:|---:|---:|",
            *(
                f"| {each.name} | {each.milliseconds:.1f} | {each.in_database:.1f} | {each.ratio:.1f}"
                f" | {each.statements} | {each.slowest_milliseconds:.1f} |"
                for each in timed
            ),
            "",
            "Statements include opening the scope, the session and ending the transaction. The page with one indexed",
            "question is signed in, has the frame and menu of every page and reads one person's name by its key. The",
            "monthly report reads everything of one month, is asked for three times, and counts by its seconds.",
            *_explained(timed),
        ]
    )


def _explained(timed: "list[Timed]") -> list[str]:
    from tests.bench.pages import SELDOM

    found = [each for each in timed if each.explained and each.name not in SELDOM]
    slowest = max(found, key=lambda each: each.slowest_milliseconds)
    words = slowest.slowest if len(slowest.slowest) < 1500 else slowest.slowest[:1500] + " …"
    for each in found:
        if each.ratio > TARGET:
            sys.stderr.write(f"{each.name}\n{each.slowest}\n{each.explained}\n\n")
    return [
        "",
        "## The slowest statement of all",
        "",
        f"On the page “{slowest.name}”, by the login of the application, with its policies:",
        "",
        "```sql",
        words,
        "```",
        "",
        "```",
        slowest.explained,
        "```",
        "",
    ]


if __name__ == "__main__":
    main()
