"""What somebody has answered so far on the public form: it travels in the page itself, signed, and is kept nowhere.

The signature does not hide the answers: they are the reader's own, on the reader's own page.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core import signing

MAX_AGE_SECONDS = 4 * 60 * 60
LONGEST = 60_000
_SALT = "linkwell.referrals.ask"

Posted = dict[str, list[str]]


class Unreadable(Exception):
    """The answers were changed on their way, are too old, or belong to another team's form."""


@dataclass(frozen=True, slots=True)
class Carried:
    """`key` makes one request of a form sent twice. `steps` holds each answered page just as it was typed."""

    key: UUID = field(default_factory=uuid4)
    steps: dict[str, Posted] = field(default_factory=dict)

    def with_step(self, name: str, posted: Posted) -> "Carried":
        return Carried(self.key, {**self.steps, name: posted})

    def sealed(self, slug: str) -> str:
        """As text for a hidden field."""
        return signing.dumps({"key": str(self.key), "steps": self.steps}, salt=f"{_SALT}.{slug}", compress=True)


def opened(slug: str, text: str) -> Carried:
    """The answers in a hidden field of this team's form. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable
    try:
        held = signing.loads(text, salt=f"{_SALT}.{slug}", max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        raise Unreadable from None
    return Carried(UUID(held["key"]), held["steps"])
