"""Local servers that answer as the real ones do: a mail server, and GOV.UK Notify's version 2 interface.

Notify's behaviour is that of its published REST documentation: HS256 token with `iss` and `iat` within 30 seconds,
201 with an id, 400 for a bad request, 403 for a bad token, 429 over the limit, and no check of repeated references.
"""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"test-{SERVICE}-{SECRET}"
TEXT, LETTER = str(uuid4()), str(uuid4())


@dataclass
class Post:
    """What reached a mailbox, and how the server is to behave."""

    mails: list[Mail] = field(default_factory=list)
    refuse_address: str = ""
    refuse_data: str = ""
    hang_up_after_data: bool = False

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_address:
            return self.refuse_address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content))
        if self.hang_up_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 Message accepted"


@contextmanager
def mail_server() -> Iterator[tuple[Post, int]]:
    """A mail server on this computer: what reached it, and its port."""
    post, port = Post(), free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield post, port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Notify:
    """What GOV.UK Notify was asked to send, and how it is to behave: `status` for the next answers, in order."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    hang_up: bool = False
    delivery: str = "delivered"
    url: str = ""

    def take(self, path: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status = self.statuses.pop(0) if self.statuses else 201
        if status not in (201, 502):
            return status, _error(status)
        kind = path.rsplit("/", 1)[-1]
        if asked.get("template_id") not in (TEXT, LETTER) or not asked.get("personalisation", {}).get("body"):
            return 400, _error(400)
        row = {"id": str(uuid4()), "type": kind, **asked}
        self.sent.append(row)
        if status == 502:
            return 502, _error(502)
        return 201, {"id": row["id"], "reference": asked.get("reference"), "content": {}, "template": {}}

    def find(self, reference: str) -> dict[str, Any]:
        found = [row for row in self.sent if row.get("reference") == reference]
        return {"notifications": [{"id": row["id"], "status": self.delivery} for row in found], "links": {}}


def _error(status: int) -> dict[str, Any]:
    names = {400: "BadRequestError", 403: "AuthError", 429: "RateLimitError", 500: "Exception", 502: "Bad gateway"}
    return {"status_code": status, "errors": [{"error": names.get(status, "Error"), "message": "as documented"}]}


@contextmanager
def notify_server() -> Iterator[Notify]:
    notify = Notify()

    class Handler(_NotifyHandler):
        state: ClassVar[Notify] = notify

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    notify.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _NotifyHandler(BaseHTTPRequestHandler):
    state: ClassVar[Notify]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(lambda: self.state.take(self.path, asked))

    def do_GET(self) -> None:
        wanted = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        self._answer(lambda: (200, self.state.find(wanted)))

    def _answer(self, work: Callable[[], tuple[int, dict[str, Any]]]) -> None:
        status, body = work() if self._may() else (403, _error(403))
        if self.state.hang_up:
            self.connection.close()
            return
        words = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def _may(self) -> bool:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], leeway=30)
        except jwt.InvalidTokenError:
            return False
        return claims.get("iss") == SERVICE and abs(time.time() - claims.get("iat", 0)) <= 30

    def log_message(self, format: str, *args: Any) -> None:
        return
