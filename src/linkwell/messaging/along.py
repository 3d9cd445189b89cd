"""What goes along with a message: a file with an e-mail; with a text, which carries none, the address where it is.

Each app says so for its own things. Like every message it may be read by somebody else, and tells nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.kernel.tongue import Tongue
from linkwell.messaging.message_parts import Kind, fits
from linkwell.messaging.outgoing import File

# Nothing in the words says what the address is for, but a calendar.
_LINES = {Tongue.ENGLISH: "For your calendar:", Tongue.WELSH: "Ar gyfer eich calendr:"}


@dataclass(frozen=True, slots=True)
class Along:
    """The file as it is now, and the address at which whoever has it finds the newest."""

    file: File
    link: str


Finder = Callable[[Scope, UUID, Tongue], Along | None]

_finders: dict[str, Finder] = {}


def goes_with(about_kind: str) -> Callable[[Finder], Finder]:
    """Register a function that is given a scope, the thing's id and the language of the message; None: nothing goes."""

    def decorate(finder: Finder) -> Finder:
        _finders[about_kind] = finder
        return finder

    return decorate


def file_with(scope: Scope, about_kind: str, about_id: UUID, language: Tongue) -> File | None:
    """None where nothing goes along with a message about this."""
    found = _found(scope, about_kind, about_id, language)
    return found.file if found else None


def line_with(scope: Scope, about_kind: str, about_id: UUID, language: Tongue) -> str:
    """The end of a text; "" where nothing goes along. Raises LookupError for an address that is not ours."""
    found = _found(scope, about_kind, about_id, language)
    if found is None:
        return ""
    if not fits(Kind.LINK, found.link):
        raise LookupError("Only an address of ours goes along with a text.")
    return f"\n\n{_LINES[language]}\n{found.link}"


def _found(scope: Scope, about_kind: str, about_id: UUID, language: Tongue) -> Along | None:
    finder = _finders.get(about_kind)
    return finder(scope, about_id, language) if finder else None
