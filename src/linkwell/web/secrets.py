"""Key files: made once, readable by their owner only, kept outside the database."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet


def key(path: Path) -> str:
    """The text of a key file, made if absent."""
    return file(path).read_text().strip()


def file(path: Path) -> Path:
    """A key file of 64 random hexadecimal characters, made if absent."""
    return _made(path, secrets.token_hex(32))


def field_keys(path: Path) -> Path:
    """The file of keys for encrypted columns, one a line, the first for writing."""
    return _made(path, Fernet.generate_key().decode())


def _made(path: Path, text: str) -> Path:
    if path.exists():
        return path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Linked into place, so that two programs starting at once end with the same key.
    draft = path.with_suffix(f".{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path
