"""What was tried for the person, for the summary at the end. Apps above casework register what they know of."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Intervention:
    """One thing that was tried. `kind` is "onward_referral" or "signpost"; `outcome` in words.

    `helped` is True or False where somebody said so, None where nobody knows. A signpost is never an onward referral.
    """

    kind: str
    on: dt.date
    what: str
    organisation: str = ""
    outcome: str = ""
    reason: str = ""
    helped: bool | None = None


Finder = Callable[[Scope, UUID], tuple[Intervention, ...]]

_finders: dict[str, Finder] = {}


def interventions_from(finder: Finder) -> Finder:
    """Register a function that is given a scope and a case, and returns what was tried. It runs in the transaction."""
    _finders[f"{finder.__module__}.{finder.__qualname__}"] = finder
    return finder


def interventions(scope: Scope, case_id: UUID) -> tuple[Intervention, ...]:
    """Everything tried in a case, including what did not work, oldest first."""
    found = [each for name in sorted(_finders) for each in _finders[name](scope, case_id)]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.what)))
