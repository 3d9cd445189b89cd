"""Nothing leaves except through the gate: read from the source of the whole house."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SENDERS = {
    "linkwell.messaging.senders": {"messaging/handlers.py"},
    "smtplib": {"messaging/senders.py"},
    "django.core.mail": {"messaging/senders.py"},
    "notifications_python_client": {"messaging/senders.py"},
}
# E-mails of signing in (a forgotten password) are the sign-in package's own, and go to staff only.
SIGN_IN = {"accounts/letters.py", "accounts/adapter.py"}


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def strays(files: dict[str, str]) -> list[str]:
    """Each file that could send something by itself, and by what."""
    found = set()
    for path, source in files.items():
        for name in imports(source):
            for sender, allowed in SENDERS.items():
                if (name == sender or name.startswith(f"{sender}.")) and path not in allowed | SIGN_IN:
                    found.add(f"{path} imports {sender}")
    return sorted(found)


def house() -> dict[str, str]:
    return {
        path.relative_to(HOUSE).as_posix(): path.read_text()
        for path in HOUSE.rglob("*.py")
        if "/tests/" not in path.as_posix()
    }


@pytest.mark.fault("F18")
def test_nothing_else_hands_a_message_to_a_provider() -> None:
    assert strays(house()) == [], "Messages go out by messaging.actions.send, which passes the gate."


@pytest.mark.parametrize(
    "source",
    [
        "import smtplib",
        "from django.core.mail import send_mail",
        "from django.core import mail",
        "from linkwell.messaging import senders",
        "import notifications_python_client.notifications as n",
    ],
)
def test_the_lint_sees_every_way_round(source: str) -> None:
    assert strays({"referrals/actions.py": source})


def test_a_message_is_written_in_one_place_only() -> None:
    writers = [
        path
        for path, source in house().items()
        if ("Message(" in source.replace("EmailMessage(", "") or "Message.objects.create" in source)
        and "from linkwell.messaging.models import" in source
    ]
    assert writers == ["messaging/actions/sending.py"]
