"""Rows with a few columns of what they point to."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def joined(rows: QuerySet[Row], *columns: str) -> QuerySet[Row]:
    """The rows with these columns of other tables ("worker__name") in the same statement, and nothing else of those.

    A name does not need the whole person: most of the time a list takes goes into columns nobody shows.
    """
    own = [field.attname for field in rows.model._meta.concrete_fields]
    paths = {column.rpartition("__")[0] for column in columns}
    on_the_way = {path.rsplit("__", each)[0] for path in paths for each in range(path.count("__") + 1)}
    return rows.select_related(*paths).only(*own, *on_the_way, *columns)
