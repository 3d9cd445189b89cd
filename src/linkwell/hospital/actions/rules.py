"""What a hospital decides about the rules that look for people."""

from django.db.models import QuerySet

from linkwell.cohorts import rules
from linkwell.cohorts.rules import own
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.hospital.models import RuleUse
from linkwell.hospital.permissions import SET_RULES
from linkwell.hospital.queries.trusts import only_trusts
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

LONGEST_BASIS = 400
LONGEST_RULE = 10_000


@action(SET_RULES)
def set_rule(*, scope: Scope, rule: str, asked: bool, legal_basis: str) -> None:
    """Whether a rule is asked, and on what legal basis. Raises Invalid without a basis, NotFound for another rule."""
    if rules.named(rule) is None and not _own(scope, rule).exists():
        raise NotFound
    _decide(scope, rule, asked=asked, legal_basis=legal_basis)


@action(SET_RULES)
def keep_own_rule(*, scope: Scope, text: str, legal_basis: str) -> str:
    """Add a rule the hospital wrote itself, or put it in the place of the one of that name; its words.

    Raises Invalid with everything that is wrong with it.
    """
    if len(text) > LONGEST_RULE:
        raise Invalid({"text": f"A rule has at most {LONGEST_RULE:,} characters."})
    try:
        rule = own.from_text(text)
    except Invalid as wrong:
        said = (f"{each.where}: {each.message}" if each.where else each.message for each in wrong.findings)
        raise Invalid({"text": " ".join(said)}) from wrong
    if rules.named(rule.name) is not None:
        raise Invalid({"text": f"{rule.name} is the name of a rule that comes with Linkwell. Choose another."})
    _decide(scope, rule.name, asked=True, legal_basis=legal_basis, own=text)
    return rule.words


@action(SET_RULES)
def remove_own_rule(*, scope: Scope, rule: str) -> None:
    """Take a rule of the hospital's own away: whom it alone found leaves the list at the next look."""
    only_trusts(scope)
    row = _own(scope, rule).first()
    if row is None:
        raise NotFound
    audit.record(scope, "removed", "hospital_rule", row.pk)
    row.delete()


def _own(scope: Scope, rule: str) -> QuerySet[RuleUse]:
    return RuleUse.objects.filter(organisation_id=scope.organisation_id, rule=rule).exclude(own="")


def _decide(scope: Scope, rule: str, *, legal_basis: str, **decided: object) -> None:
    only_trusts(scope)
    if scope.user_id is None:
        raise NotAllowed
    fields = ("asked", "legal_basis", *(("own",) if "own" in decided else ()))
    basis = " ".join(legal_basis.split())
    if not basis or len(basis) > LONGEST_BASIS:
        raise Invalid({"legal_basis": f"Write on what legal basis, in up to {LONGEST_BASIS} characters."})
    decided |= {"legal_basis": basis, "set_by_id": scope.user_id, "set_at": clock.now()}
    row, _ = RuleUse.objects.update_or_create(organisation_id=scope.organisation_id, rule=rule, defaults=decided)
    audit.record(scope, "changed", "hospital_rule", row.pk, fields=fields)
