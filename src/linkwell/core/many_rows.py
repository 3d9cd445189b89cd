"""Hundreds of rows in one statement. They travel as one JSON value, which the database takes apart: several times
quicker than a place in the statement for each of thousands of values. A row is a dictionary by column: an object of
the model for each of them would cost more than the row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import orjson
from django.db import connection, models

from linkwell.kernel import clock
from linkwell.kernel.ids import new_id

Row = dict[str, Any]


def new(model: type[models.Model], **values: object) -> Row:
    """A row of a model with its id, the time now, and the defaults of whatever is not given."""
    same, made = _defaults(model)
    own = {column: make() for column, make in made.items() if column not in values}
    return {**same, **own, "id": new_id(), "created_at": clock.now(), **values}


@cache
def _defaults(model: type[models.Model]) -> tuple[Row, dict[str, Callable[[], object]]]:
    """Defaults that are the same for every row, and what makes those that each row has for itself."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    made = {field.column: field.default for field in fields if field.has_default() and callable(field.default)}
    return {field.column: field.get_default() for field in fields if field.column not in made}, made


def insert(model: type[models.Model], rows: Sequence[Row], *, update: Sequence[str] = ()) -> None:
    """Insert rows that have every column. `update`: columns to write where the row is there already.

    For models of numbers, words, times, ids, lists and JSON; not for encrypted or binary columns. No query for no rows.
    """
    if not rows:
        return
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    shape = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in fields)
    statement = (
        f'INSERT INTO "{model._meta.db_table}" ({names}) '  # noqa: S608 (names of our own models)
        f"SELECT {names} FROM json_to_recordset(%s::json) AS new ({shape}){_on_conflict(update)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [orjson.dumps(rows).decode()])


def _on_conflict(update: Sequence[str]) -> str:
    if not update:
        return ""
    return " ON CONFLICT (id) DO UPDATE SET " + ", ".join(f'"{each}" = excluded."{each}"' for each in update)
