"""From nothing to a program with its database open."""

import os

import django

from linkwell.core.postgres import ensure_database, linkwell_home
from linkwell.web.commands.progress import shown


def open_database() -> None:
    """Start or check the database, then Django. Safe to repeat."""
    ensure_database(linkwell_home(), shown)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkwell.web.settings")
    django.setup()


def bring_up_to_date() -> None:
    """Tables and row security as this version expects them, then the self-tests."""
    from linkwell.core.migrate import migrate

    migrate(shown)
    refuse_if_unsafe()


def refuse_if_unsafe() -> None:
    """Raise when the program could get round its own rules: better no service than an unsafe one."""
    from linkwell.core import row_security
    from linkwell.core.postgres import UnsafeDatabase, database_urls
    from linkwell.core.postgres.selftest import refuse_if_privileged
    from linkwell.core.routes import refuse_undeclared_routes

    refuse_if_privileged(database_urls(linkwell_home()).app)
    if problems := row_security.differences():
        raise UnsafeDatabase(" ".join(problems))
    refuse_undeclared_routes()
