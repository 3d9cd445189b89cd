"""Loaded by pytest before Django: a real PostgreSQL for the tests.

Set LINKWELL_TEST_HOME to a folder to keep that server between runs.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from linkwell.core.postgres import remove_home, start
from linkwell.core.postgres.temporary import FAST

_made_here: list[Path] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "linkwell.web.settings"
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    kept = os.environ.get("LINKWELL_TEST_HOME")
    home = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="linkwell-"))
    if not kept:
        _made_here.append(home)
    os.environ["LINKWELL_HOME"] = str(home)
    start(home, settings=FAST)


def pytest_unconfigure() -> None:
    for home in _made_here:
        remove_home(home)
        shutil.rmtree(home, ignore_errors=True)
