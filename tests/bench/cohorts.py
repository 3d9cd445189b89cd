"""All rules on made-up histories beside hand-written SQL and pandas: `python -m tests.bench.cohorts [--people N]`.

Writes docs/reference/cohorts.md. 55,000,000 people and one year are England's A&E visits and admissions of a year.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from linkwell.cohorts import duck, running
from linkwell.cohorts.generating import Made, generate
from tests.bench import cohorts_by_hand, cohorts_in_pandas
from tests.bench import cohorts_in_pandas_ways as pandas_ways

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cohorts.md"
NATION = 55_000_000
TABLES = ("attendances", "spells", "delays")
RUNS = 3
OURS, TENTH = f"the rules (median of {RUNS})", f"the rules, on a tenth (median of {RUNS})"
PLAIN, TUNED = "pandas as its guide shows it, on a tenth", "pandas with its dear steps replaced, on a tenth"
PANDAS = {"plain": pandas_ways.PLAIN, "tuned": pandas_ways.TUNED}


@dataclass(frozen=True)
class Took:
    """Seconds of one way by the clock and of the processors, its most memory in GB, and how many each rule found."""

    seconds: float
    work: float
    memory: float
    people: dict[str, int]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=NATION)
    asked.add_argument("--folder", type=Path, help="where to keep the histories; a folder of its own without it")
    given = asked.parse_args()
    with TemporaryDirectory(prefix="linkwell-bench-") as aside:
        folder = given.folder or Path(aside)
        whole = generate(folder / "whole", people=given.people, years=1, seed=1)
        tenth = generate(folder / "tenth", people=max(given.people // 10, 1000), years=1, seed=2)
        runs = [alone(by_rules, whole) for _ in range(RUNS)]
        ours = median(runs)
        ways = {
            "the rules, the first time": runs[0],
            OURS: ours,
            "SQL written by hand": alone(by_sql, whole),
            TENTH: median([alone(by_rules, tenth) for _ in range(RUNS)]),
            PLAIN: alone(by_pandas, tenth, "plain"),
            TUNED: alone(by_pandas, tenth, "tuned"),
        }
        disagreeing = [*compared(ways), *differing(tenth, ours.people)]
    PAGE.write_text(report(whole, ways, max(run.memory for run in runs), given.people))
    sys.stdout.write(PAGE.read_text())
    sys.exit(f"These do not find the same people: {disagreeing}" if disagreeing else 0)


def alone(way: Callable[..., dict[str, int]], made: Made, *more: str) -> Took:
    """One way in a process of its own, as a command is: with nothing left in memory by what ran before it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(timed, way, made, *more).result()


def timed(way: Callable[..., dict[str, int]], made: Made, *more: str) -> Took:
    begun, work = time.perf_counter(), time.process_time()
    people = way(made, *more)
    seconds, work = time.perf_counter() - begun, time.process_time() - work
    return Took(seconds, work, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024, people)


def median(runs: list[Took]) -> Took:
    """The run in the middle by the clock: the first also waits for files, which what comes after has."""
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def by_rules(made: Made) -> dict[str, int]:
    files = {name: [made.folder / f"{name}.parquet"] for name in TABLES}
    answers = running.run(running.Asked(files, made.as_of, _answers(made)), running.in_this_process)
    return {answer.rule.name: answer.people or 0 for answer in answers}


def by_sql(made: Made) -> dict[str, int]:
    with duck.opened(in_order=False) as con:
        for name in TABLES:
            con.execute(f"create view {name} as select * from read_parquet('{made.folder / name}.parquet')")
        return cohorts_by_hand.in_sql(con, made.as_of.isoformat())


def by_pandas(made: Made, way: str) -> dict[str, int]:
    return cohorts_in_pandas.answers(made.folder, made.as_of, made.folder / way, PANDAS[way])


def _answers(made: Made) -> Path:
    return made.folder / "answers"


def compared(ways: dict[str, Took]) -> list[str]:
    """Rules of which hand-written SQL counts other people than ours find."""
    ours, by_hand = ways[OURS].people, ways["SQL written by hand"].people
    return [f"{rule}: {ours[rule]} and {count}" for rule, count in by_hand.items() if ours[rule] != count]


def differing(made: Made, rules: Iterable[str]) -> list[str]:
    """Rules whose rows are not those that pandas writes, in either way."""
    return [rule for way in PANDAS for rule in cohorts_in_pandas.differing(_answers(made), made.folder / way, rules)]


def report(made: Made, ways: dict[str, Took], memory: float, people: int) -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    rows = [f"| {name} | {took.seconds:,.1f} | {took.work:,.1f} |" for name, took in ways.items()]
    sql = ways[OURS].work / ways["SQL written by hand"].work
    tenth = ways[TENTH]
    plain, tuned = (f"{ways[way].seconds / tenth.seconds:.1f}" for way in (PLAIN, TUNED))
    return "\n".join([
        "# Asking the rules: how long it takes", "",
        "Written by `python -m tests.bench.cohorts`. The rules read the files with every check that any file gets, and",
        "write each person with evidence. Pandas does so too, by the column, and gives the same rows, or the run",
        "fails: once with the steps that its guide shows, and once with the five dearest of them replaced (named in",
        "`tests/bench/cohorts_in_pandas_ways.py`). SQL written by hand reads without checks and only counts people.",
        "Each way runs in a process of its own, one after another.",
        "",
        f"{people:,} made-up people ({people / NATION:.0%} of England's), one year: "
        f"{made.rows['attendances']:,} visits to A&E, {made.rows['spells']:,} stays and day cases, "
        f"{made.rows['delays']:,} periods of being ready.", "",
        "| way | seconds | seconds of processors |", "|---|---:|---:|", *rows, "",
        f"All eight rules are {sql:.1f} times the work of hand-written SQL (aim: 3 at most). On a tenth of the "
        f"histories pandas takes {plain} times as long as the rules (aim: 10 at least), and {tuned} times with its "
        "dear steps replaced: its text then stays in Arrow, by the column, as in the rules' engine. Most memory: "
        f"{memory:.1f} GB (aim: 8 at most). The aim for a whole national year is 60 seconds.", "",
        f"Commit {commit}, {platform.system()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
