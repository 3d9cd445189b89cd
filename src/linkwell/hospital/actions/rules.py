"""What a hospital decides about the rules that look for people."""

from linkwell.cohorts import rules
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import RuleUse
from linkwell.hospital.permissions import SET_RULES
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

LONGEST_BASIS = 400


@action(SET_RULES)
def set_rule(*, scope: Scope, rule: str, asked: bool, legal_basis: str) -> None:
    """Whether a rule is asked, and on what legal basis. Raises Invalid without a basis, NotFound for another rule."""
    only_trusts(scope)
    if rules.named(rule) is None:
        raise NotFound
    if scope.user_id is None:
        raise NotAllowed
    basis = " ".join(legal_basis.split())
    if not basis or len(basis) > LONGEST_BASIS:
        raise Invalid({"legal_basis": f"Write on what legal basis, in up to {LONGEST_BASIS} characters."})
    row, _ = RuleUse.objects.update_or_create(
        organisation_id=scope.organisation_id,
        rule=rule,
        defaults={"asked": asked, "legal_basis": basis, "set_by_id": scope.user_id, "set_at": clock.now()},
    )
    audit.record(scope, "changed", "hospital_rule", row.pk, fields=("asked", "legal_basis"))
