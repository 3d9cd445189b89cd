"""The rules of a hospital: which are asked, and on what legal basis."""

import datetime as dt
from dataclasses import dataclass

from linkwell.cohorts import rules
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import RuleUse
from linkwell.hospital.permissions import SEE_NUMBERS
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in words. `set_at` is None where the hospital has decided nothing and the usual basis holds."""

    name: str
    words: str
    finds: str
    legal_basis: str
    asked: bool
    set_at: dt.datetime | None


@query(SEE_NUMBERS)
def rules_in_use(scope: Scope) -> tuple[RuleRow, ...]:
    """Every rule, in the order in which people meet them."""
    only_trusts(scope)
    decided = {row.rule: row for row in RuleUse.objects.filter(organisation_id=scope.organisation_id)}
    return tuple(
        RuleRow(
            name=rule.name,
            words=rule.words,
            finds=rule.finds,
            legal_basis=decided[rule.name].legal_basis if rule.name in decided else rule.legal_basis,
            asked=decided[rule.name].asked if rule.name in decided else True,
            set_at=decided[rule.name].set_at if rule.name in decided else None,
        )
        for rule in rules.known()
    )


@query(SEE_NUMBERS)
def rule_in_use(scope: Scope, name: str) -> RuleRow:
    """One rule. Raises NotFound."""
    found = next((row for row in rules_in_use(scope) if row.name == name), None)
    if found is None:
        raise NotFound
    return found
