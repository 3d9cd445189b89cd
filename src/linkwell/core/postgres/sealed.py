"""A file encrypted with a passphrase, written and read as a stream in flat memory.

The key comes from the passphrase by scrypt. Chunks of 1 MiB are sealed one by one with
AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each nonce
holds the chunk's number and whether it is the last, so that a chunk changed, moved, removed
or cut off the end is noticed. The header is bound to every chunk.
"""

import hmac
import io
import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from linkwell.core.postgres.errors import DatabaseError

MAGIC = b"LINKWELL-BACKUP\x01"
# magic, log2 of scrypt's n, r, p, salt, beginning of each nonce, check of the passphrase
HEADER = struct.Struct(">16sBBB16s7s16s")
CHUNK = 1024 * 1024
TAG = 16
SCRYPT_COST, SCRYPT_R, SCRYPT_P = 17, 8, 1  # 128 MiB and about half a second for each guess
HIGHEST_SCRYPT_COST = 18


class DamagedBackup(DatabaseError):
    """The file is not a whole, untouched backup."""


class WrongPassphrase(DatabaseError):
    """The passphrase is not the one the backup was made with."""


class SealedWriter(io.RawIOBase):
    """Encrypts what is written. Only `finish` makes the file whole; without it, it stays unreadable."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        if not passphrase:
            raise DatabaseError("A backup needs a passphrase.")
        salt, self._prefix = os.urandom(16), os.urandom(7)
        key, check = _derive(passphrase, salt, SCRYPT_COST, SCRYPT_R, SCRYPT_P)
        self._header = HEADER.pack(MAGIC, SCRYPT_COST, SCRYPT_R, SCRYPT_P, salt, self._prefix, check)
        self._cipher, self._target = AESGCM(key), target
        self._waiting, self._number = bytearray(), 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._waiting += data
        # A full chunk is kept back: only when more follows is it known not to be the last.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, data, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Decrypts a file chunk by chunk; nothing is given out that was not proved untouched.

    Raises WrongPassphrase or DamagedBackup; the end of the stream is the proof that nothing
    was cut off.
    """

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._header = source.read(HEADER.size)
        if len(self._header) < HEADER.size or not self._header.startswith(MAGIC):
            raise DamagedBackup("This file is not a Linkwell backup.")
        _, cost, r, p, salt, self._prefix, check = HEADER.unpack(self._header)
        if not 1 <= cost <= HIGHEST_SCRYPT_COST or (r, p) != (SCRYPT_R, SCRYPT_P):
            raise DamagedBackup("The beginning of this backup was changed.")
        key, expected = _derive(passphrase, salt, cost, r, p)
        if not hmac.compare_digest(check, expected):
            raise WrongPassphrase("This is not the passphrase the backup was made with.")
        self._cipher, self._source = AESGCM(key), source
        self._next = source.read(CHUNK + TAG)
        self._ready, self._number, self._ended = memoryview(b""), 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            self._open_next()
        given = min(len(buffer), len(self._ready))
        buffer[:given] = self._ready[:given]
        self._ready = self._ready[given:]
        return given

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._source.read(CHUNK + TAG)
        last = not self._next
        try:
            plain = self._cipher.decrypt(_nonce(self._prefix, self._number, last=last), sealed, self._header)
        except InvalidTag:
            raise DamagedBackup("This backup is not whole: a part was changed or cut off.") from None
        self._ready, self._ended = memoryview(plain), last
        self._number += 1


def _derive(passphrase: str, salt: bytes, cost: int, r: int, p: int) -> tuple[bytes, bytes]:
    secret = Scrypt(salt=salt, length=48, n=2**cost, r=r, p=p).derive(passphrase.encode())
    return secret[:32], secret[32:]


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)
