"""Row-level security, declared beside each model and written to PostgreSQL after every migration.

A model says `row_security = HELD` (or another policy below). `apply()` makes the catalogue agree with
the models and `differences()` says where it does not; the program refuses to start on a difference.
The role that migrates is named in a policy of its own, because under FORCE an owner sees nothing, silently.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction
from psycopg import sql

from linkwell.core.functions import FUNCTIONS

_ORGANISATION = "(SELECT linkwell_organisation())"


@dataclass(frozen=True, slots=True)
class RowSecurity:
    """SQL conditions over one row: who may read it, who may write it. `append_only` takes UPDATE and DELETE away."""

    read: str
    write: str
    append_only: bool = False


def held(column: str = "organisation_id", *, append_only: bool = False) -> RowSecurity:
    """Rows of the organisation the scope acts for."""
    condition = f"{column} = {_ORGANISATION}"
    return RowSecurity(condition, condition, append_only)


def held_or_shared(kind: str, column: str, *, append_only: bool = False) -> RowSecurity:
    """Rows of the organisation, and for reading also those a share opens to it now."""
    own = f"organisation_id = {_ORGANISATION}"
    # Constants of the code, never anything typed.
    open_now = "s.starts_at <= statement_timestamp() AND (s.ends_at IS NULL OR s.ends_at > statement_timestamp())"
    to_us = f"s.recipient_id = {_ORGANISATION} AND s.kind = '{kind}'"
    shared = f"{column} IN (SELECT s.object_id FROM accounts_share s WHERE {to_us} AND {open_now})"  # noqa: S608
    return RowSecurity(f"{own} OR {shared}", own, append_only)


def open_to_read(write: str = f"organisation_id = {_ORGANISATION}") -> RowSecurity:
    """Public facts (the directory): any scope may read, only the holder may write."""
    return RowSecurity(f"{_ORGANISATION} IS NOT NULL", write)


HELD = held()
APPEND_ONLY = held(append_only=True)


def policed_models() -> list[tuple[type[models.Model], RowSecurity]]:
    """Every model that declares row security, in a stable order."""
    found = [(model, security) for model in apps.get_models() if (security := getattr(model, "row_security", None))]
    return sorted(found, key=lambda pair: pair[0]._meta.db_table)


def apply(alias: str = "admin") -> None:
    """Write functions, policies and grants, all in one transaction."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for model, security in policed_models():
            for statement in _statements(model._meta.db_table, security):
                cursor.execute(statement)


def _statements(table: str, security: RowSecurity) -> list[sql.Composed]:
    name = sql.Identifier(table)
    read, write = sql.SQL(security.read), sql.SQL(security.write)
    policies = [
        ("ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", {}),
        ("ALTER TABLE {t} FORCE ROW LEVEL SECURITY", {}),
        ("DROP POLICY IF EXISTS linkwell_admin ON {t}", {}),
        ("DROP POLICY IF EXISTS linkwell_read ON {t}", {}),
        ("DROP POLICY IF EXISTS linkwell_add ON {t}", {}),
        ("DROP POLICY IF EXISTS linkwell_change ON {t}", {}),
        ("DROP POLICY IF EXISTS linkwell_remove ON {t}", {}),
        ("CREATE POLICY linkwell_admin ON {t} TO CURRENT_USER USING (true) WITH CHECK (true)", {}),
        ("CREATE POLICY linkwell_read ON {t} FOR SELECT TO {app} USING ({r})", {"r": read}),
        ("CREATE POLICY linkwell_add ON {t} FOR INSERT TO {app} WITH CHECK ({w})", {"w": write}),
        ("CREATE POLICY linkwell_change ON {t} FOR UPDATE TO {app} USING ({w}) WITH CHECK ({w})", {"w": write}),
        ("CREATE POLICY linkwell_remove ON {t} FOR DELETE TO {app} USING ({w})", {"w": write}),
    ]
    if security.append_only:
        policies.append(("REVOKE UPDATE, DELETE, TRUNCATE ON {t} FROM {app}", {}))
    app = sql.Identifier(connections["default"].settings_dict["USER"])
    return [sql.SQL(text).format(t=name, app=app, **parts) for text, parts in policies]


def differences(alias: str = "default") -> list[str]:
    """Where the database does not police what the models declare, in words; empty when all is well."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
        )
        state = {table: (forced, policies) for table, forced, policies in cursor.fetchall()}
    problems = []
    for model, _ in policed_models():
        forced, policies = state.get(model._meta.db_table, (False, 0))
        if not forced or policies != 5:
            problems.append(f"Table {model._meta.db_table} is not policed as its model says. Run `linkwell migrate`.")
    return problems
