"""The rules of a hospital: which are asked, and on what legal basis."""

import datetime as dt
from dataclasses import dataclass

from linkwell.cohorts import rules
from linkwell.cohorts.rule import Rule
from linkwell.cohorts.rules import own
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import RuleUse
from linkwell.hospital.permissions import SEE_NUMBERS
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in words. `set_at` is None where the hospital has decided nothing and the usual basis holds.

    `text` is how a rule of the hospital's own is written, empty for one that comes with Linkwell.
    """

    name: str
    words: str
    finds: str
    legal_basis: str
    asked: bool
    set_at: dt.datetime | None
    text: str = ""

    @property
    def is_own(self) -> bool:
        return bool(self.text)


@query(SEE_NUMBERS)
def rules_in_use(scope: Scope) -> tuple[RuleRow, ...]:
    """Every rule, in the order in which people meet them; the hospital's own come last."""
    only_trusts(scope)
    decided = {row.rule: row for row in RuleUse.objects.filter(organisation_id=scope.organisation_id).order_by("rule")}
    written = [own.from_text(row.own, kept=True) for row in decided.values() if row.own]
    return tuple(_row(rule, decided.get(rule.name)) for rule in (*rules.known(), *written))


def _row(rule: Rule, decided: RuleUse | None) -> RuleRow:
    if decided is None:
        return RuleRow(rule.name, rule.words, rule.finds, rule.legal_basis, asked=True, set_at=None)
    return RuleRow(
        name=rule.name,
        words=rule.words,
        finds=rule.finds,
        legal_basis=decided.legal_basis,
        asked=decided.asked,
        set_at=decided.set_at,
        text=decided.own,
    )


@query(SEE_NUMBERS)
def rule_in_use(scope: Scope, name: str) -> RuleRow:
    """One rule. Raises NotFound."""
    found = next((row for row in rules_in_use(scope) if row.name == name), None)
    if found is None:
        raise NotFound
    return found


@query(SEE_NUMBERS)
def own_rule_in_use(scope: Scope, name: str) -> RuleRow:
    """One rule of the hospital's own. Raises NotFound, also for one that comes with Linkwell."""
    found = rule_in_use(scope, name)
    if not found.is_own:
        raise NotFound
    return found
