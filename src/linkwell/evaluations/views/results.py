"""One evaluation: what was fixed, and what came of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkwell.core.routes import ScopedRequest
from linkwell.evaluation.answer import as_json
from linkwell.evaluations import presenters, queries
from linkwell.kernel.errors import NotFound


@require_safe
def evaluation(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    row = queries.evaluation(request.scope, evaluation_id)
    found = queries.result(request.scope, evaluation_id) if row.state == "finished" else None
    page = presenters.page(row) | {"report": presenters.report(found) if found else None}
    return render(request, "evaluations/evaluation.jinja", page)


@require_safe
def numbers(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    """The numbers behind the report, as `linkwell impact` prints them."""
    told = as_json(queries.numbers(request.scope, evaluation_id))
    return HttpResponse(told, content_type="application/json")


@require_safe
def report_pdf(request: ScopedRequest, evaluation_id: UUID) -> HttpResponse:
    # The maker of PDFs is slow to load, and most processes never make one.
    from linkwell.evaluation.report.writing import as_pdf

    row = queries.evaluation(request.scope, evaluation_id)
    found = queries.result(request.scope, evaluation_id)
    if found is None:
        raise NotFound
    answer = HttpResponse(as_pdf(presenters.report_of(found)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="evaluation-{row.number}.pdf"'
    return answer
