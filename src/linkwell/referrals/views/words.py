"""What a team says when it cannot take a referral."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkwell.accounts.queries import TeamRow, my_team
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.referrals import actions, queries
from linkwell.referrals.forms import WordsForm
from linkwell.referrals.reasons import WITH_WORDS, Words, usual_words

_BY_CODE = {reason.code: reason for reason in WITH_WORDS}


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: ScopedRequest) -> HttpResponse:
    """Every reason with its words; with ?reason= one of them to change."""
    team = my_team(request.scope)
    if team is None:
        raise NotFound("We could not find that.")
    reason = _BY_CODE.get(request.GET.get("reason", ""))
    if reason is not None:
        return _one(request, team, reason.code)
    said = queries.decline_words(request.scope, team.id)
    lines = [
        {"reason": each, "words": said[each.code], "own": said[each.code] != usual_words(each.code)}
        for each in WITH_WORDS
    ]
    return render(request, "referrals/words.jinja", {"team": team, "lines": lines})


def _one(request: ScopedRequest, team: TeamRow, code: str) -> HttpResponse:
    now = queries.words_for(request.scope, team.id, code)
    form = WordsForm(request.POST or None, initial={"advice": now.advice, "person": now.person})
    if request.method == "POST" and "usual" in request.POST:
        actions.forget_decline_words(scope=request.scope, team_id=team.id, reason=code)
        messages.success(request, "The usual words are used again.")
        return redirect("referrals:words")
    if request.method == "POST" and form.is_valid():
        given = Words(form.cleaned_data["advice"], form.cleaned_data["person"])
        try:
            actions.set_decline_words(scope=request.scope, team_id=team.id, reason=code, words=given)
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "These words are ready when this reason is chosen.")
            return redirect("referrals:words")
    page = {"form": form, "reason": _BY_CODE[code], "own": now != usual_words(code)}
    return render(request, "referrals/words_one.jinja", page, status=422 if form.errors else 200)
