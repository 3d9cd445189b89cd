"""What a backup file holds: a compressed tar of parts, sealed, checked after it is written.

The first member, manifest.json, describes the rest.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Literal, cast

from linkwell.core.postgres.errors import DatabaseError
from linkwell.core.postgres.home import sync_folder
from linkwell.core.postgres.progress import Progress
from linkwell.core.postgres.sealed import DamagedBackup, SealedReader, SealedWriter

MANIFEST = "manifest.json"
FORMAT = 1
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What is in the file, and which moments it can bring back. Times carry their zone."""

    kind: Literal["embedded", "external"]
    made_at: datetime
    earliest: datetime  # equal to `latest` when only one moment can be restored
    latest: datetime
    server_version: str

    def to_json(self) -> bytes:
        values = asdict(self) | {"format": FORMAT}
        return json.dumps(values, default=datetime.isoformat, indent=2).encode()

    @staticmethod
    def from_json(text: bytes) -> "Manifest":
        values = json.loads(text)
        if values.pop("format", None) != FORMAT:
            raise DatabaseError("This backup was made by a newer Linkwell. Use that version to restore it.")
        times = {name: datetime.fromisoformat(values[name]) for name in ("made_at", "earliest", "latest")}
        return Manifest(**(values | times))


class BundleWriter:
    """Adds parts to a backup file being written."""

    def __init__(self, tar: tarfile.TarFile, progress: Progress) -> None:
        self._tar, self._progress = tar, progress
        self.size = 0

    def add_bytes(self, name: str, data: bytes) -> None:
        """Add one small part."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(data), 0o600
        self._tar.addfile(member, io.BytesIO(data))
        self.size += len(data)

    def add_file(self, name: str, path: Path) -> None:
        """Add one file as it is when opened; one deleted meanwhile is left out."""
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            return
        with stream:
            status = os.fstat(stream.fileno())
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = status.st_size, 0o600, int(status.st_mtime)
            self._tar.addfile(member, stream)
        self.size += status.st_size
        self._progress("Writing the backup (bytes)", self.size)

    def add_folder(self, name: str, folder: Path) -> None:
        """Add every file below a folder; links are not followed."""
        for parent, folders, files in os.walk(folder):
            folders.sort()
            for file in sorted(files):
                path = Path(parent, file)
                if path.is_file() and not path.is_symlink():
                    self.add_file(f"{name}/{path.relative_to(folder).as_posix()}", path)


@contextmanager
def new_bundle(target: Path, passphrase: str, manifest: Manifest, progress: Progress) -> Iterator[BundleWriter]:
    """Write a backup file under another name; give it its own only when it was read back whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".partial")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            sealed = SealedWriter(file, passphrase)
            hashed = _Hashing(sealed)
            with (
                gzip.GzipFile(fileobj=cast(BinaryIO, hashed), mode="wb", compresslevel=1, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                writer = BundleWriter(tar, progress)
                writer.add_bytes(MANIFEST, manifest.to_json())
                yield writer
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        _verify(partial, passphrase, hashed.digest(), progress)
        partial.rename(target)
        sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


class _Hashing(io.RawIOBase):
    """Passes on what is written, and remembers a hash of it."""

    def __init__(self, target: io.RawIOBase) -> None:
        self._target, self._hash = target, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._hash.update(data)
        self._target.write(data)
        return len(data)

    def digest(self) -> bytes:
        return self._hash.digest()


def _verify(path: Path, passphrase: str, expected: bytes, progress: Progress) -> None:
    progress("Checking the backup")
    found = hashlib.sha256()
    with path.open("rb") as file:
        reader = SealedReader(file, passphrase)
        while block := reader.read(BLOCK):
            found.update(block)
    if found.digest() != expected:
        raise DamagedBackup("The backup could not be read back as it was written. Is the disk sound?")


@contextmanager
def open_bundle(source: Path, passphrase: str) -> Iterator[tuple[Manifest, Iterator[tuple[PurePosixPath, IO[bytes]]]]]:
    """Read a backup file once, from front to back: its manifest, then each part.

    Every part must be read to the end of the iterator before any is trusted to be complete.
    Raises WrongPassphrase or DamagedBackup.
    """
    with source.open("rb") as file:
        plain = io.BufferedReader(SealedReader(file, passphrase), BLOCK)
        try:
            with gzip.GzipFile(fileobj=plain, mode="rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
                parts = _parts(tar, packed)
                _, stream = next(parts)
                yield Manifest.from_json(stream.read()), parts
        except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, StopIteration) as error:
            raise DamagedBackup(f"This backup cannot be read: {error}") from error


def _parts(tar: tarfile.TarFile, packed: gzip.GzipFile) -> Iterator[tuple[PurePosixPath, IO[bytes]]]:
    for member in tar:
        path = PurePosixPath(member.name)
        stream = tar.extractfile(member)
        if stream is None or path.is_absolute() or ".." in path.parts:
            raise DamagedBackup(f"This backup holds something that does not belong in it: {member.name}")
        yield path, stream
    # The rest of the file proves that nothing was cut off.
    while packed.read(BLOCK):
        pass
