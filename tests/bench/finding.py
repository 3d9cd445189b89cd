"""How fast finding is, beside plain full text and tantivy: `python -m tests.bench.finding [--services N ...]`.

Writes docs/reference/finding.md, with the relevance of the judged sets above the times. Everything is measured in one
run, turn by turn, on services made from the demo feed: their texts as they are, their directions moved a little,
their places spread over a county.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from linkwell.core.postgres import temporary_server
from linkwell.kernel import clock

if TYPE_CHECKING:
    from linkwell.core.scope import Scope

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "finding.md"
DEMO = Path(__file__).parents[2] / "src" / "linkwell" / "demo" / "feed" / "wexcombe.json"
SETTINGS = {"archive_mode": "off", "shared_buffers": "512MB", "synchronous_commit": "off", "max_wal_size": "4GB"}
WORDS = (
    "my husband died and the evenings are long", "somewhere my son with autism can swim", "warm space",
    "I have nobody to talk to", "learn to dance", "help with debt and bailiffs", "food bank", "walking group",
    "my wife is losing her memory", "somewhere to garden with other people", "english classes", "swiming not church",
)  # fmt: skip
MIDDLE = (51.3005, -6.001)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--services", type=int, nargs="+", default=[5_000, 250_000])
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--feed", type=Path, help="a council's feed, to measure relevance on as well")
    given = asked.parse_args()
    with temporary_server(SETTINGS) as server:
        os.environ |= {"LINKWELL_HOME": str(server.home), "DJANGO_SETTINGS_MODULE": "linkwell.web.settings"}
        # As the web server sets it.
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        django.setup()
        run(given.services, given.rounds, given.feed)


def run(sizes: list[int], rounds: int, feed: Path | None) -> None:
    from linkwell.core.migrate import migrate
    from tests.bench.finding_place import demo_directory, many, relevance

    migrate()
    scope = demo_directory(DEMO)
    tables = [("demo place", "wexcombe", relevance(scope, "wexcombe"))]
    if feed is not None:
        tables.append(("a council's feed", "bristol", relevance(demo_directory(feed, "COUNCIL"), "bristol")))
    times = []
    for size in sizes:
        made = many(scope, size)
        times.append((size, _times(made, rounds)))
        sys.stderr.write(f"{size}: {times[-1][1]}\n")
    PAGE.write_text(_report(tables, times, rounds))
    sys.stdout.write(PAGE.read_text())


def _times(scope: Scope, rounds: int) -> dict[str, tuple[float, float, float]]:
    """Median and 95th percentile in milliseconds of each way, asked in turn; and this process's own work (median)."""
    from linkwell.directory import sentences
    from tests.bench.finding_place import other_ways

    ways: dict[str, Callable[[str], Any]] = {
        "Linkwell": lambda words: _ours(scope, words),
        "Linkwell, the same words again": lambda words: _ours(scope, words),
        **other_ways(scope, MIDDLE),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    worked: dict[str, list[float]] = {name: [] for name in ways}
    for words in WORDS:
        for ask in ways.values():
            ask(words)
    gc.collect()
    for _ in range(rounds):
        for words in WORDS:
            # Words that nobody has typed before: what they mean is worked out, not remembered.
            sentences.forget_asked()
            for name, ask in ways.items():
                begun, work = time.perf_counter(), time.process_time()
                ask(words)
                taken[name].append((time.perf_counter() - begun) * 1000)
                worked[name].append((time.process_time() - work) * 1000)
    return {name: (_at(each, 0.5), _at(each, 0.95), _at(worked[name], 0.5)) for name, each in taken.items()}


def _ours(scope: Scope, words: str) -> object:
    from linkwell.directory.queries import Point, Search, ranked_ids

    return ranked_ids(scope, Search(words=words, near=Point(*MIDDLE), within_km=30, step_free=True), 10)


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _report(tables: list[Any], times: list[Any], rounds: int) -> str:
    lines = [
        "# How well and how fast finding finds",
        "",
        "Written by `python -m tests.bench.finding`. Needs are in everyday words, answers were judged by reading the",
        "records before anything was ranked (docs/decisions/0020). Grades 1 to 3; means over all needs.",
        "",
        "| directory | way | nDCG@10 | MRR | P@10 |",
        "|---|---|---:|---:|---:|",
    ]
    for words, _, found in tables:
        lines += [f"| {words} | {way} | {f.ndcg:.3f} | {f.mrr:.3f} | {f.precision:.3f} |" for way, f in found.items()]
    lines += [
        "",
        f"Milliseconds of one ranking with a place, a distance and a fact: {len(WORDS)} searches, {rounds} times each,",
        "in turn. Linkwell's time holds the whole call: the look for changes, what the words mean, facts, order.",
        "",
        "Own work is the processor time of the asking process: it does not grow with what else the computer does.",
        "",
        "| services | way | median | 95 in 100 under | own work |",
        "|---:|---|---:|---:|---:|",
    ]
    for size, found in times:
        lines += [
            f"| {size:,} | {way} | {middle:.1f} | {high:.1f} | {work:.1f} |"
            for way, (middle, high, work) in found.items()
        ]
    lines += [
        "",
        f"{clock.today():%-d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}; load {os.getloadavg()[0]:.1f}.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
