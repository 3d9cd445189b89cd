"""A fresh database for each test process, copied from a template that holds all the tables."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from linkwell.core.migrate import migrate
from linkwell.core.postgres import create_database, drop_database
from linkwell.core.postgres.locks import locked
from linkwell.core.postgres.progress import silent

SOURCE = Path(__file__).parents[1] / "src" / "linkwell"


def _template_name() -> str:
    """A name that changes with anything that shapes the tables."""
    digest = hashlib.sha256()
    rooms = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "core/row_security.py")
    for path in sorted(path for room in rooms for path in SOURCE.glob(room)):
        digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def template(home: Path) -> str:
    """A database with all the tables, made once for each shape of them."""
    name = _template_name()
    with locked(home / "template.lock", silent):
        ready = home / f"{name}.ready"
        if not ready.exists():
            drop_database(home, name)
            create_database(home, name)
            use_database(name)
            migrate()
            close_connections()
            ready.touch()
    return name


def use_database(name: str) -> None:
    """Point both logins at a database of this name."""
    close_connections()
    for alias in ("default", "admin"):
        connections[alias].settings_dict["NAME"] = name


def current_name() -> str:
    return str(connections["default"].settings_dict["NAME"])


def close_connections() -> None:
    for alias in ("default", "admin"):
        connections[alias].close()


@contextmanager
def temporary_database(kind: str, *, back_to: str, source: str = "") -> Iterator[str]:
    """A new database with all the tables, or a copy of `source`, in use inside the block and gone after it."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"{kind}_{os.getpid()}"
    drop_database(home, name)
    create_database(home, name, template=source or template(home))
    use_database(name)
    try:
        yield name
    finally:
        use_database(back_to)
        drop_database(home, name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Replaces pytest-django's own: our tables belong to one login and are used by another."""
    with django_db_blocker.unblock():
        nothing = current_name()
        open_database = temporary_database("test", back_to=nothing)
        name = open_database.__enter__()
    yield name
    with django_db_blocker.unblock():
        open_database.__exit__(None, None, None)


@pytest.fixture
def own_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own for a test that really commits; gone afterwards."""
    with django_db_blocker.unblock(), temporary_database("own", back_to=django_db_setup) as name:
        yield name
