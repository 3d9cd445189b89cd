"""What an organisation decides about asking, and loading wording under licence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel.errors import Finding, Invalid
from linkwell.measures.reading import LONGEST
from linkwell.outcomes import actions, forms, queries
from linkwell.outcomes.queries.asking import packs_to_choose


def asking(request: ScopedRequest) -> HttpResponse:
    """Who is told, what is asked of everybody, and when."""
    now, rows = queries.asking(request.scope), packs_to_choose(request.scope)
    first: dict[str, Any] = {
        "clinician": str(now.clinician_id or ""),
        "clinical_by_link": now.clinical_by_link,
        "asked": now.packs,
        "occasions": now.occasions,
    }
    form = forms.AskingForm(
        posted(request),
        clinicians=queries.clinicians(request.scope),
        packs=[(row.pack.name, row.pack.title) for row in rows if row.pack.has_wording],
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            actions.set_asking(scope=request.scope, clinician_id=given.pop("clinician"), **given)
        except Invalid as error:
            add_findings(form, error)
        else:
            messages.success(request, "Saved. Your teams ask by this from now on.")
            return redirect("outcomes:asking")
    page = {"form": form, "rows": rows, "loaded": queries.loaded_packs(request.scope)}
    return render(request, "outcomes/asking.jinja", page, status=status_of(form))


def load(request: ScopedRequest) -> HttpResponse:
    """Wording for this organisation alone. A file that breaks a rule is refused, with each reason."""
    form = forms.LoadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pack = actions.load_pack(scope=request.scope, content=file.read(LONGEST + 1), file_name=file.name)
        except Invalid as error:
            add_findings(form, Invalid([Finding("file", f"{each.where}: {each.message}") for each in error.findings]))
        else:
            messages.success(request, f"{pack.title} can be asked here now.")
            return redirect("outcomes:asking")
    return render(request, "outcomes/load.jinja", {"form": form}, status=status_of(form))
