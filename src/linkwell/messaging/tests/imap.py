"""An IMAP server on this computer, as much of RFC 3501 as reading a mailbox takes: one mailbox, one account.

It answers as real servers do: a greeting, tagged and untagged lines, literals with their length, partial fetches,
flags that stay, NO for a wrong password or folder and BAD for what it does not know.
"""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "returned", "s3cret word"


@dataclass
class Mailbox:
    """Its mails, and the flags of each by number from 1."""

    mails: list[bytes] = field(default_factory=list)
    flags: dict[int, set[str]] = field(default_factory=dict)
    port: int = 0
    hang_up_at: str = ""

    def unseen(self) -> list[int]:
        return [number for number in range(1, len(self.mails) + 1) if r"\Seen" not in self.flags.get(number, set())]


class _Session(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say("* OK IMAP4rev1 ready")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            tag, _, rest = line.partition(" ")
            command = rest.split(" ")[0].upper()
            if command == "UID":
                command = rest.split(" ")[1].upper()
            if command == self.box.hang_up_at:
                return
            answer = getattr(self, f"_{command.lower()}", None)
            self._say(f"{tag} {answer(rest) if answer else 'BAD unknown'}")
            if command == "LOGOUT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _capability(self, rest: str) -> str:
        self._say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def _login(self, rest: str) -> str:
        return "OK in" if rest.endswith(f'{USER} "{PASSWORD}"') else "NO wrong"

    def _select(self, rest: str) -> str:
        if not rest.endswith('"INBOX"'):
            return "NO there is no such folder"
        self._say(f"* {len(self.box.mails)} EXISTS")
        return "OK [READ-WRITE] done"

    def _search(self, rest: str) -> str:
        self._say(" ".join(["* SEARCH", *map(str, self.box.unseen())]))
        return "OK done"

    def _fetch(self, rest: str) -> str:
        asked = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", rest)
        if asked is None:
            return "BAD"
        number, most = int(asked.group(1)), int(asked.group(2))
        mail = self.box.mails[number - 1][:most]
        self._say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}")
        self.wfile.write(mail + b")\r\n")
        return "OK done"

    def _store(self, rest: str) -> str:
        asked = re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \((.*)\)", rest)
        if asked is None:
            return "BAD"
        self.box.flags.setdefault(int(asked.group(1)), set()).update(asked.group(2).split())
        return "OK done"

    def _logout(self, rest: str) -> str:
        self._say("* BYE")
        return "OK done"


@contextmanager
def imap_server() -> Iterator[Mailbox]:
    box = Mailbox()
    session = type("Session", (_Session,), {"box": box})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), session)
    server.daemon_threads = True
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
