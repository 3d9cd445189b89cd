"""A client of ClamAV's daemon, as far as a file has to be shown to it: its INSTREAM and VERSION commands.

Written here because the libraries that speak it are under licences that do not go with ours, or no longer kept.
Source of the protocol: the manual page clamd(8).
"""

import socket
import struct
from dataclasses import dataclass

PIECE = 128 * 1024
LONGEST_REPLY = 4096


class NoAnswer(Exception):
    """The scanner could not say. Its argument is in plain words; nothing of the file is in it."""


class TooLargeForScanner(NoAnswer):
    """The file is larger than the scanner's StreamMaxLength."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`harmful`: something was found. `scanner`: who looked, with the age of its signatures."""

    harmful: bool
    scanner: str


def scan(content: bytes, *, where: str, seconds: float) -> Verdict:
    """Show it to the scanner at `where` (host:port, or the path of a socket). Raises NoAnswer."""
    try:
        scanner = _ask(where, seconds, b"zVERSION\0")
        said = _instream(content, where, seconds)
    except (OSError, ValueError) as trouble:
        words = "did not answer in time" if isinstance(trouble, TimeoutError) else "could not be reached"
        raise NoAnswer(f"The virus scanner {words}.") from trouble
    if said.endswith(" FOUND"):
        return Verdict(True, scanner[:80])
    if said == "stream: OK":
        return Verdict(False, scanner[:80])
    if "size limit exceeded" in said:
        raise TooLargeForScanner("The file is larger than the virus scanner takes.")
    raise NoAnswer("The virus scanner could not check it.")


def _ask(where: str, seconds: float, command: bytes) -> str:
    with _connected(where, seconds) as line:
        line.sendall(command)
        return _reply(line)


def _instream(content: bytes, where: str, seconds: float) -> str:
    with _connected(where, seconds) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            # It stops listening when it has seen enough; its answer may be there all the same.
            return _reply(line)
        return _reply(line)


def _connected(where: str, seconds: float) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _reply(line: socket.socket) -> str:
    """Up to the NUL that ends it. An empty answer is none."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_REPLY:
        piece = line.recv(LONGEST_REPLY)
        if not piece:
            break
        said += piece
    if not said:
        raise ConnectionResetError("no answer")
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
