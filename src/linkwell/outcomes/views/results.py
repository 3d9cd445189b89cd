"""Results: of one's own caseload or the team, and where the numbers went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkwell.accounts import queries as accounts
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.outcomes import actions, forms, queries
from linkwell.outcomes.permissions import SAY_USED, SEE_TEAM_RESULTS
from linkwell.outcomes.presenters import results as presenter


@require_safe
def results(request: ScopedRequest) -> HttpResponse:
    """The worker's own caseload; for a lead also the team."""
    of_team = request.scope.may(SEE_TEAM_RESULTS) and request.GET.get("of") == "team"
    found = queries.team_results(request.scope) if of_team else queries.my_results(request.scope)
    page = presenter.page(found) | {
        "of_team": of_team,
        "may_see_team": request.scope.may(SEE_TEAM_RESULTS),
        "may_say_used": request.scope.may(SAY_USED),
        "uses": [presenter.use(row) for row in queries.uses_of_mine(request.scope)],
        "to_check": len(queries.stories_to_check(request.scope)),
    }
    return render(request, "outcomes/results.jinja", page)


def used(request: ScopedRequest) -> HttpResponse:
    """Results of the team went to somebody."""
    form = forms.UseForm(posted(request))
    team = accounts.my_team(request.scope)

    def note() -> None:
        actions.record_use(scope=request.scope, use=form.use(), team_id=team.id if team else None)

    if saved(form, note):
        messages.success(request, "Noted. Everybody who recorded answers in it sees so.")
        return redirect("outcomes:results")
    return render(request, "outcomes/used.jinja", {"form": form}, status=status_of(form))
