"""Fixtures every test of the house may use: a real database, the test place, signed-in clients."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import django_db_setup, own_database
from tests.place import client_for, new_member, place, place_committed
from tests.world import world, world_built

__all__ = [
    "client_for",
    "django_db_setup",
    "new_member",
    "own_database",
    "place",
    "place_committed",
    "world",
    "world_built",
]

# The same examples every time, and no clock: a noisy machine never fails the suite. `make prove` draws new ones.
settings.register_profile(
    "suite", derandomize=True, deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Under its own name, without the group it ran in, a test that failed can be found and run again alone."""
    name, at, group = report.nodeid.rpartition("@")
    if at and group.isidentifier() and "PYTEST_XDIST_WORKER" not in os.environ:
        report.nodeid = name


# The world is built by whoever needs it first, and the others wait for it: let them begin with something else that
# takes long. Small tests come last, so that the processes end together.
FIRST = ("tests/house/test_always_true.py", "src/linkwell/core/postgres")
THEN = ("tests/journeys", "tests/house", "src/linkwell/web/tests/test_browser", "src/linkwell/messaging/tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that take long go first. With `--no-loadscope-reorder`, groups are handed out in this order."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    order = (*FIRST, *THEN)
    return next((place for place, name in enumerate(order) if nodeid.startswith(name)), len(order))
