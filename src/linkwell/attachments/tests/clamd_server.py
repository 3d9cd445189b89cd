"""A scanner on this computer that speaks clamd's protocol as its manual page says, for tests."""

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

# The test file every scanner knows, in two halves, so that no scanner takes this module for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Scanner:
    """`largest`: its StreamMaxLength. `slow`: seconds before it answers. `seen`: what it was shown."""

    where: str = ""
    largest: int = 25_000_000
    slow: float = 0
    says: bytes = b""
    seen: list[bytes] = field(default_factory=list)


@contextmanager
def scanner() -> Iterator[Scanner]:
    told = Scanner()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = _until_nul(self.rfile)
            if command == b"zVERSION":
                self.wfile.write(b"ClamAV 1.4.3/27830/Sat Nov 21 09:26:00 2026\0")
            elif command == b"zINSTREAM":
                self._instream()
            else:
                self.wfile.write(b"UNKNOWN COMMAND\0")

        def _instream(self) -> None:
            content = b""
            while (size := struct.unpack("!L", self.rfile.read(4))[0]) != 0:
                if len(content) + size > told.largest:
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
                content += self.rfile.read(size)
            told.seen.append(content)
            time.sleep(told.slow)
            self.wfile.write(told.says or _verdict(content))

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A caller that hung up is no trouble of the scanner's."""

    with Server(("127.0.0.1", 0), Handler) as server:
        told.where = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def _verdict(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


def _until_nul(stream: Any) -> bytes:
    found = b""
    while (each := stream.read(1)) not in (b"\0", b""):
        found += each
    return found
