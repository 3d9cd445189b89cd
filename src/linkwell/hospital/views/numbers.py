"""How this hospital is doing, in numbers, and the rules that look for people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkwell.core.plain_forms import PlainForm
from linkwell.core.reading import one_read
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.hospital import candidate_words, number_words
from linkwell.hospital.actions.rules import keep_own_rule, remove_own_rule, set_rule
from linkwell.hospital.candidate_forms import OwnRuleForm, RuleForm
from linkwell.hospital.permissions import SET_RULES
from linkwell.hospital.queries import freshness, numbers
from linkwell.hospital.queries.rules import own_rule_in_use, rule_in_use, rules_in_use
from linkwell.hospital.queries.waited import waits
from linkwell.hospital.views.common import of_a_hospital
from linkwell.kernel import words


@require_safe
@of_a_hospital
@one_read
def trust(request: ScopedRequest) -> HttpResponse:
    """The four problems over time, who is reached, and capacity freed."""
    scope = request.scope
    at, waited = numbers.counted_at(scope), waits(scope)
    context = {
        "problems": number_words.problems(numbers.months(scope)),
        "tables": number_words.tables(numbers.reached(scope)),
        "heads": number_words.HEADS,
        "capacity": number_words.capacity(waited),
        "not_counted": number_words.not_counted(waited),
        "feeds": candidate_words.feeds(freshness(scope)),
        "counted": words.written_datetime(at) if at else "",
    }
    return render(request, "hospital/trust.jinja", context)


@require_safe
@of_a_hospital
@one_read
def rules(request: ScopedRequest) -> HttpResponse:
    """Which rules look for people, and on what legal basis."""
    page = {"rules": rules_in_use(request.scope), "may_set": request.scope.may(SET_RULES)}
    return render(request, "hospital/rules.jinja", page)


@of_a_hospital
def own_rule(request: ScopedRequest) -> HttpResponse:
    """A rule the hospital writes itself: a new one, or with `?rule=` one it wrote, as it stands."""
    name = request.GET.get("rule", "")
    row = own_rule_in_use(request.scope, name) if name else None
    written = {"text": row.text, "legal_basis": row.legal_basis} if row else None
    form = OwnRuleForm(posted(request), initial=written)
    if saved(form, lambda: keep_own_rule(scope=request.scope, **form.cleaned_data)):
        messages.success(request, "Kept. It is asked from the next look on.")
        return redirect("hospital:rules")
    return render(request, "hospital/own_rule.jinja", {"form": form, "row": row}, status=status_of(form))


@of_a_hospital
def remove_rule(request: ScopedRequest, rule: str) -> HttpResponse:
    """Asked once more: how the rule is written goes with it."""
    row = own_rule_in_use(request.scope, rule)
    form = PlainForm(posted(request))
    if saved(form, lambda: remove_own_rule(scope=request.scope, rule=rule)):
        messages.success(request, f"“{row.words}” is taken away. Whom it alone found leaves the list at the next look.")
        return redirect("hospital:rules")
    return render(request, "hospital/remove_rule.jinja", {"form": form, "row": row}, status=status_of(form))


@of_a_hospital
def one_rule(request: ScopedRequest, rule: str) -> HttpResponse:
    row = rule_in_use(request.scope, rule)
    form = RuleForm(posted(request), initial={"asked": row.asked, "legal_basis": row.legal_basis})
    if saved(form, lambda: set_rule(scope=request.scope, rule=rule, **form.cleaned_data)):
        messages.success(request, _kept(row.words, asked=form.cleaned_data["asked"]))
        return redirect("hospital:rules")
    return render(request, "hospital/rule.jinja", {"form": form, "row": row}, status=status_of(form))


def _kept(rule: str, *, asked: bool) -> str:
    if asked:
        return f"Kept. “{rule}” is asked from the next look on."
    return f"Kept. “{rule}” is not asked any more. Whom it alone found leaves the list at the next look."
