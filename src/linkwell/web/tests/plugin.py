"""Loaded by pytest before Django: a real PostgreSQL for the tests, and a fresh database for each process.

Set LINKWELL_TEST_HOME to a folder to keep that server between runs.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkwell.core.postgres import create_database, drop_database, remove_home, start
from linkwell.core.postgres.temporary import FAST

SOURCE = Path(__file__).parents[2]
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


def _template_name() -> str:
    """A name that changes with anything that shapes the tables."""
    digest = hashlib.sha256()
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("*/models*"), SOURCE / "core/row_security.py"]):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _template(home: Path) -> str:
    from linkwell.core.migrate import migrate
    from linkwell.core.postgres.locks import locked
    from linkwell.core.postgres.progress import silent

    name = _template_name()
    with locked(home / "template.lock", silent):
        ready = home / f"{name}.ready"
        if not ready.exists():
            drop_database(home, name)
            create_database(home, name)
            _use(name)
            migrate()
            _close()
            ready.touch()
    return name


def _use(name: str) -> None:
    from django.db import connections

    _close()
    for alias in ("default", "admin"):
        connections[alias].settings_dict["NAME"] = name


def _close() -> None:
    from django.db import connections

    for alias in ("default", "admin"):
        connections[alias].close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[str]:
    """Replaces pytest-django's own: our tables belong to one login and are used by another."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        template = _template(home)
        create_database(home, name, template=template)
        _use(name)
    yield name
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _close()
        drop_database(home, name)


@pytest.fixture
def own_database(django_db_setup: str, django_db_blocker: object) -> Iterator[str]:
    """A database of its own for a test that really commits; gone afterwards."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"own_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        drop_database(home, name)
        create_database(home, name, template=_template(home))
        _use(name)
        yield name
        _use(django_db_setup)
        drop_database(home, name)
