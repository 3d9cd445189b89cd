"""Times pages against the page with one indexed question, all in one run, turn by turn."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linkwell.core.database import scoped
from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Timed:
    """One page. Seconds are medians; `slowest` is its slowest statement with what PostgreSQL did for it."""

    name: str
    milliseconds: float
    in_database: float
    ratio: float
    statements: int
    slowest: str
    slowest_milliseconds: float
    explained: str


SELDOM_ROUNDS = 3


def measure(
    pages: dict[str, tuple[Client, str, Scope]], floor: str, rounds: int, seldom: frozenset[str]
) -> list[Timed]:
    """Every page `rounds` times in turn, so that whatever else the computer does falls on all alike.

    Pages named in `seldom` take seconds and are asked for three times.
    """
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for name, (client, url, _) in pages.items():
        for _warm in range(1 if name in seldom else 3):
            response = client.get(url)
            if response.status_code != 200:
                raise RuntimeError(f"{name} answered {response.status_code}")
    gc.collect()
    for turn in range(rounds):
        for name, (client, url, _scope) in pages.items():
            if name in seldom and turn >= SELDOM_ROUNDS:
                continue
            taken[name].append(_timed(lambda client=client, url=url: client.get(url)))  # type: ignore[misc]
    base = statistics.median(taken[floor])
    return [_result(name, statistics.median(taken[name]), base, *pages[name]) for name in pages]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _result(name: str, seconds: float, base: float, client: Client, url: str, scope: Scope) -> Timed:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    asked = [(float(each["time"]), each["sql"]) for each in captured.captured_queries]
    statements = [each for each in asked if each[1].lstrip().upper().startswith(("SELECT", "WITH", "UPDATE", "INSERT"))]
    longest = max(statements, key=lambda each: each[0])
    return Timed(
        name,
        seconds * 1000,
        sum(each[0] for each in asked) * 1000,
        seconds / base,
        len(asked),
        longest[1],
        longest[0] * 1000,
        _explain(scope, longest[1]),
    )


def _explain(scope: Scope, statement: str) -> str:
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
        return ""
    with scoped(scope), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement.replace("%", "%%"), [])
        return "\n".join(line for (line,) in cursor.fetchall())
