"""The list of people who opted out of uses beyond their care."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import posted, saved, status_of
from linkwell.evaluations import actions, presenters, queries
from linkwell.evaluations.forms import OptOutForm


def opt_outs(request: ScopedRequest) -> HttpResponse:
    form = OptOutForm(posted(request), request.FILES or None)

    def load() -> None:
        given = form.cleaned_data
        actions.load_opt_outs(scope=request.scope, text=given["file"], as_at=given["as_at"])

    if saved(form, load):
        messages.success(request, "The list is loaded. It counts from now on.")
        return redirect("evaluations:opt_outs")
    lists = [presenters.opt_out_line(each) for each in queries.opt_out_lists(request.scope)]
    return render(request, "evaluations/opt_outs.jinja", {"form": form, "lists_loaded": lists}, status=status_of(form))
