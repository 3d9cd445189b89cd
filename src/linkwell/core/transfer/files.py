"""What lies in files beside the database, such as a hospital's activity: carried along as it is, each with its hash."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile

from linkwell.kernel.errors import Invalid

IN_ARCHIVE = "files"
PIECE = 1_000_000


def write_files(archive: ZipFile, folder: Path) -> dict[str, str]:
    """Put in every file below the folder; path from there to hash. What is in a hidden folder is not finished yet."""
    hashes: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            with path.open("rb") as stream, archive.open(f"{IN_ARCHIVE}/{name.as_posix()}", "w") as into:
                hashes[name.as_posix()] = copied(stream, into)
    return hashes


def check_files(archive: ZipFile, hashes: Mapping[str, str]) -> None:
    """Raises Invalid for a file that is damaged, or would be written anywhere else."""
    for name, digest in hashes.items():
        if not _stays_inside(name):
            raise Invalid({"source": "This export holds a file that would be written outside its folder."})
        with archive.open(f"{IN_ARCHIVE}/{name}") as stream:
            if copied(stream) != digest:
                raise Invalid({"source": f"The file {name} is damaged. Nothing was loaded."})


@contextmanager
def unpacked(archive: ZipFile, hashes: Mapping[str, str], folder: Path) -> Iterator[None]:
    """The files in their places; taken away again if what is done inside the block fails."""
    made: list[Path] = []
    try:
        for name in hashes:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with archive.open(f"{IN_ARCHIVE}/{name}") as stream, path.open("xb") as into:
                made.append(path)
                copied(stream, into)
        yield
    except BaseException:
        for path in made:
            path.unlink()
        raise


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and path.as_posix() == name and ".." not in path.parts


def copied(stream: IO[bytes], into: IO[bytes] | None = None) -> str:
    """The hash of a stream, which is copied on the way."""
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
        if into is not None:
            into.write(piece)
    return digest.hexdigest()
