from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from linkwell.core import drafts
from linkwell.core.routes import ScopedRequest
from linkwell.kernel import clock, words

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "submission_key"})


@require_POST
def keep_draft(request: ScopedRequest, form: str, about: UUID) -> HttpResponse:
    """Called by the page while somebody types."""
    values = {name: [str(each) for each in given] for name, given in request.POST.lists() if name not in NEVER_KEPT}
    drafts.keep(scope=request.scope, form=f"{form}:{about}", values=values)
    return JsonResponse({"saved_at": words.written_time(clock.now())})
