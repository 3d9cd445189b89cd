"""What can go wrong, said in plain English.

Every error carries `.message`, which may be shown to a user: it never holds personal data, an identifier or a
technical word. It is English where an action raised it; a page puts it into its own language with `tongue.say`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linkwell.kernel.tongue import marked


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with something given to us: where it is, and how to mend it."""

    where: str
    message: str


class LinkwellError(Exception):
    """Anything we refuse to do, with a message for the person who asked."""

    default = marked("Something went wrong.")

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)


class Invalid(LinkwellError):
    """What was given cannot be used. `findings` say what is wrong and where.

    Takes a mapping of field to message, or an iterable of `Finding`. A message about no one field
    in particular has the empty string as its field.
    """

    default = marked("Some of what you entered needs another look.")

    def __init__(self, findings: Mapping[str, str] | Iterable[Finding], message: str = "") -> None:
        if isinstance(findings, Mapping):
            self.findings = tuple(Finding(where, text) for where, text in findings.items())
        else:
            self.findings = tuple(findings)
        super().__init__(message or (self.findings[0].message if len(self.findings) == 1 else ""))

    @property
    def by_field(self) -> dict[str, str]:
        """The first message for each field, as forms want them."""
        return {finding.where: finding.message for finding in reversed(self.findings)}


class NotAllowed(LinkwellError):
    """The actor may see this thing, and may not do that to it."""

    default = marked("You do not have permission to do this.")


class NotFound(LinkwellError):
    """The thing does not exist, or the actor may not know that it does: these look the same."""

    default = marked("We could not find that.")


class Conflict(LinkwellError):
    """Somebody else changed the thing after the actor opened it.

    `other` says in plain words what they did ("Sam Okafor accepted this referral at 2:14pm"), so
    that the page can show it beside the text the actor typed, which is kept.
    """

    default = marked("Someone else changed this while you were working on it.")

    def __init__(self, other: str = "", message: str = "") -> None:
        self.other = other
        super().__init__(message)


class InvalidMove(LinkwellError):
    """A state change that the table of moves does not allow ("closed" to "waiting")."""

    default = marked("That cannot be done now, because of what has already happened.")


class ScopeMissing(LinkwellError):
    """Protected rows were asked for without saying who is asking: a fault of ours, never a user's."""

    default = marked("Something went wrong at our end. Nothing was shown or changed.")


class TooMany(LinkwellError):
    """More than we take at once: too big, too deep, too often. `retry_after` is in seconds."""

    default = marked("That is more than we can take at once.")

    def __init__(self, message: str = "", retry_after: int | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)
