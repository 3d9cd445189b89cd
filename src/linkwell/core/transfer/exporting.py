"""Out: read table by table in one snapshot, streamed, with a count and a hash for each file."""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from django.conf import settings
from django.db import connections, models, transaction

from linkwell.core.transfer.files import write_files
from linkwell.core.transfer.tables import BLANKED, FORMAT, MANIFEST, columns, file_of, together, travelling
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid

Progress = Callable[[str, int | None, int | None], None]
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and how many rows of each table are in it."""

    path: Path
    rows: dict[str, int]


def export_everything(target: Path, progress: Progress) -> Exported:
    """Write everything to a new file only its owner can read. Runs as the owner of the tables. Raises Invalid."""
    if target.exists():
        raise Invalid({"target": f"{target} exists already. Name a new file."})
    draft = target.with_name(f".{target.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            rows = _write_everything(archive, progress)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return Exported(target, rows)


def _write_everything(archive: ZipFile, progress: Progress) -> dict[str, int]:
    tables = _write_tables(archive, progress)
    files = write_files(archive, Path(settings.FILES))
    manifest = {"format": FORMAT, "written_at": clock.now().isoformat(), "tables": tables, "files": files}
    archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return {table: int(str(facts["rows"])) for table, facts in tables.items()}


def _write_tables(archive: ZipFile, progress: Progress) -> dict[str, dict[str, object]]:
    models_ = travelling()
    tables: dict[str, dict[str, object]] = {}
    with transaction.atomic(using="admin"):
        with connections["admin"].cursor() as cursor:
            # One moment for all tables: a row never points to one that was added later.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for number, model in enumerate(models_, start=1):
            with archive.open(file_of(model), "w") as stream:
                tables[model._meta.db_table] = _write_rows(model, stream)
            progress("Writing tables", number, len(models_))
    return tables


def _write_rows(model: type[models.Model], stream: IO[bytes]) -> dict[str, object]:
    digest, count = hashlib.sha256(), 0
    for line in _lines(model):
        stream.write(line)
        digest.update(line)
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    table = model._meta.db_table
    names = [field.attname for field in columns(model)]
    for row in model._default_manager.using("admin").order_by("pk").iterator(together(model, CHUNK)):
        values: dict[str, Any] = {name: getattr(row, name) for name in names}
        values.update({name: blank for (where, name), blank in BLANKED.items() if where == table})
        yield orjson.dumps(values, default=_plain) + b"\n"


def _plain(value: object) -> str:
    """What JSON has no word for: bytes as base64, anything else as it is written."""
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else str(value)
