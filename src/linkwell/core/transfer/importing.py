"""In: only into an empty installation, all or nothing, in = loaded, checked against counts and hashes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import orjson
from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction

from linkwell.core.transfer.exporting import Progress
from linkwell.core.transfer.files import check_files, copied, unpacked
from linkwell.core.transfer.tables import FORMAT, MANIFEST, columns, file_of, together, travelling
from linkwell.kernel.errors import Invalid

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows of each table were loaded: exactly as many as the file says it holds."""

    rows: dict[str, int]


def import_everything(source: Path, progress: Progress) -> Imported:
    """Load an export. Runs as the owner of the tables. Raises Invalid, and then nothing at all is loaded."""
    try:
        with ZipFile(source) as archive:
            tables, files = _checked(archive, progress)
            with unpacked(archive, files, Path(settings.FILES)), transaction.atomic(using="admin"):
                _refuse_unless_empty()
                rows = _load(archive, tables, progress)
                _after_loading()
    except (BadZipFile, KeyError) as broken:
        raise Invalid({"source": f"{source} is not an export of Linkwell, or is damaged."}) from broken
    return Imported(rows)


def _checked(archive: ZipFile, progress: Progress) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    manifest = orjson.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise Invalid({"source": "This export was written by another version of Linkwell."})
    tables: dict[str, dict[str, Any]] = manifest["tables"]
    unknown = set(tables) - {model._meta.db_table for model in travelling()}
    if unknown:
        raise Invalid({"source": f"This export holds tables we do not know: {', '.join(sorted(unknown))}."})
    for number, (table, facts) in enumerate(tables.items(), start=1):
        with archive.open(f"tables/{table}.jsonl") as stream:
            if copied(stream) != facts["sha256"]:
                raise Invalid({"source": f"The part for {table} is damaged. Nothing was loaded."})
        progress("Checking the file", number, len(tables))
    files: dict[str, str] = manifest["files"]
    check_files(archive, files)
    return tables, files


def _refuse_unless_empty() -> None:
    if apps.get_model("accounts", "Organisation")._default_manager.using("admin").exists():
        raise Invalid({"": "This installation is not empty. An export can only be loaded into a new one."})


def _load(archive: ZipFile, tables: dict[str, dict[str, Any]], progress: Progress) -> dict[str, int]:
    loaded: dict[str, int] = {}
    wanted = [model for model in travelling() if model._meta.db_table in tables]
    for number, model in enumerate(wanted, start=1):
        with archive.open(file_of(model)) as stream:
            loaded[model._meta.db_table] = sum(_insert(model, batch) for batch in _batches(model, stream))
        if loaded[model._meta.db_table] != tables[model._meta.db_table]["rows"]:
            raise Invalid({"source": f"{model._meta.db_table} did not load whole. Nothing was loaded."})
        progress("Loading tables", number, len(wanted))
    return loaded


def _batches(model: type[models.Model], stream: IO[bytes]) -> Iterator[list[models.Model]]:
    size = together(model, BATCH)
    fields = {field.attname: field for field in columns(model)}
    rows = iter(stream)
    while lines := list(islice(rows, size)):
        yield [_row(model, fields, orjson.loads(line)) for line in lines]


def _row(model: type[models.Model], fields: dict[str, Any], values: dict[str, Any]) -> models.Model:
    known = {name: fields[name].to_python(value) for name, value in values.items() if name in fields}
    return model(**known)


def _insert(model: type[models.Model], rows: list[models.Model]) -> int:
    # Raw: the times a row was made and changed are those of the export, not of today.
    model._base_manager._insert(rows, fields=columns(model), using="admin", raw=True)  # type: ignore[attr-defined]
    return len(rows)


def _after_loading() -> None:
    """Numbers go on after the highest loaded; every audit row waits for its seal."""
    with connections["admin"].cursor() as cursor:
        for model in travelling():
            if isinstance(model._meta.pk, models.BigAutoField):
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608
                    f" coalesce((SELECT max(id) FROM {table}), 1), EXISTS (SELECT FROM {table}))"
                )
        cursor.execute("INSERT INTO core_auditpending SELECT id, organisation_id FROM core_auditevent")
