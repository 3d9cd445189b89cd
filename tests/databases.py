"""A fresh database for each test process, copied from a template that holds all the tables."""

import hashlib
import os
from collections.abc import Iterator
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
    for path in sorted([*SOURCE.glob("*/migrations/*.py"), *SOURCE.glob("*/models*"), SOURCE / "core/row_security.py"]):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _template(home: Path) -> str:
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
    _close()
    for alias in ("default", "admin"):
        connections[alias].settings_dict["NAME"] = name


def _close() -> None:
    for alias in ("default", "admin"):
        connections[alias].close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Replaces pytest-django's own: our tables belong to one login and are used by another."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():
        template = _template(home)
        create_database(home, name, template=template)
        _use(name)
    yield name
    with django_db_blocker.unblock():
        _close()
        drop_database(home, name)


@pytest.fixture
def own_database(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own for a test that really commits; gone afterwards."""
    home = Path(os.environ["LINKWELL_HOME"])
    name = f"own_{os.getpid()}"
    with django_db_blocker.unblock():
        drop_database(home, name)
        create_database(home, name, template=_template(home))
        _use(name)
        yield name
        _use(django_db_setup)
        drop_database(home, name)
