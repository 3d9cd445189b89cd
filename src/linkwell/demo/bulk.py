"""A large place: played lives copied by the database itself, with new identifiers and other names.

Fifty thousand people through the actions would take hours. Copies differ from the played rows only in identifiers,
names and numbers (`tests/house/test_bulk.py` proves it), so what is measured on them is what would be measured.
"""

from collections.abc import Callable

from django.apps import apps
from django.db import connections, models, transaction

from linkwell.core.row_security import policed_models

# A copy's identifier is made from the first one's and the copy's number: the same every time, never the same twice.
_FUNCTION = """
CREATE OR REPLACE FUNCTION pg_temp.copied(original uuid, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN original IS NULL THEN NULL ELSE md5(original::text || ':' || copy)::uuid END $$;
"""
# Rows of the place itself, which every copied person shares.
SHARED_TABLES = frozenset(
    {"accounts", "directory", "evaluations", "groupwork", "hospital", "impact", "showcase", "workforce"}
)
_OF_TEAMS = {"referrals_declinewords", "referrals_expectedwait", "casework_recordcode"}
# What an organisation asks, wording it loaded, and where its results went.
_OF_ORGANISATION = {"outcomes_asking", "outcomes_loadedpack", "outcomes_resultuse"}
# What somebody keeps for themselves.
_OF_STAFF = {"core_savedlist", "core_severalact"}
# Who covers for whom: of the staff, like the rest of the workforce.
_COVER = {"casework_cover", "casework_coverpart"}
# Between two people, and so of no single life.
_BETWEEN_PEOPLE = {"people_householdlink"}
NOT_COPIED = (
    _OF_TEAMS
    | _OF_ORGANISATION
    | _BETWEEN_PEOPLE
    | _COVER
    | _OF_STAFF
    | {"core_draft", "core_submission", "core_auditseal", "core_auditevent", "accounts_share"}
)


def copy_people(times: int, progress: Callable[[str, int | None, int | None], None]) -> None:
    """Copy everything about every played person `times` times over. Runs as the owner of the tables."""
    with transaction.atomic(using="admin"), connections["admin"].cursor() as cursor:
        cursor.execute(_FUNCTION)
        # Only identifiers that are copied themselves may change: a worker or a service stays the same one.
        cursor.execute("CREATE TEMP TABLE copied_ids (id uuid PRIMARY KEY) ON COMMIT DROP")
        tables = _tables()
        for model in tables:
            if isinstance(model._meta.pk, models.UUIDField):
                cursor.execute(f"INSERT INTO copied_ids SELECT id FROM {model._meta.db_table}")  # noqa: S608
        cursor.execute("ANALYZE copied_ids")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for number, model in enumerate(tables, start=1):
            cursor.execute(_statement(model), {"times": times})
            progress(f"Copying {model._meta.verbose_name_plural}", number, len(tables))
    with connections["admin"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _tables() -> list[type[models.Model]]:
    """The tables about people, each after those it points to."""
    wanted = [
        model
        for model, _ in policed_models()
        if model._meta.app_label not in SHARED_TABLES and model._meta.db_table not in NOT_COPIED
    ]
    order = {model: number for number, model in enumerate(apps.get_models())}
    return sorted(wanted, key=lambda model: order[model])


# A task about a meeting or a visit, which every copy shares, is one task.
_ABOUT = {"tasks_task": "EXISTS (SELECT FROM copied_ids WHERE copied_ids.id = row.about_id)"}


def _statement(model: type[models.Model]) -> str:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.BigAutoField)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    table = model._meta.db_table
    rows = f"{table} row, generate_series(1, %(times)s) copy"
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {rows} WHERE {_ABOUT.get(table, 'true')}"  # noqa: S608


def _value(model: type[models.Model], field: models.Field) -> str:  # type: ignore[type-arg]
    column = f'row."{field.column}"'
    if field.column in _NAMES:
        return _NAMES[field.column].format(column=column)
    if field.column == "organisation_id":
        return column
    if field.primary_key:
        return f"pg_temp.copied({column}, copy)"
    if isinstance(field, models.UUIDField | models.ForeignKey | models.OneToOneField) and _is_uuid(field):
        known = f"EXISTS (SELECT FROM copied_ids WHERE copied_ids.id = {column})"
        return f"CASE WHEN {known} THEN pg_temp.copied({column}, copy) ELSE {column} END"
    return column


# Names and numbers differ from copy to copy, so that searching and sorting have something to choose between.
_LETTERS = "chr(97 + copy %% 26) || chr(97 + copy / 26 %% 26)"
# The words a name is found by, and the key it is sorted by, as `people.names` would make them of the new name.
_ENDS_FAMILY_NAME = (
    "EXISTS (SELECT FROM people_person person WHERE person.id = row.person_id"
    " AND lower(unaccent(person.family_name)) ~ ('(^|[- ])' || {column} || '$'))"
)
_NAMES = {
    "family_name": "{column} || " + _LETTERS,
    "sort_name": f"lower(unaccent(row.family_name || {_LETTERS} || ' ' || row.given_name))",
    "word": f"{{column}} || CASE WHEN {_ENDS_FAMILY_NAME} THEN {_LETTERS} ELSE '' END",
    "reference": "left('C' || copy || {column}, 12)",
    "once_key": "left(copy || ':' || {column}, 120)",
    "phone": "{column}",
}


def _is_uuid(field: models.Field) -> bool:  # type: ignore[type-arg]
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(target, models.UUIDField)
