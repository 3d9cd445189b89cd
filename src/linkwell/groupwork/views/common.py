"""What the views of this app share."""

from typing import Any
from uuid import UUID

from django.http import QueryDict

from linkwell.core.paging import page_number
from linkwell.core.plain_forms import PlainForm
from linkwell.core.routes import ScopedRequest
from linkwell.people import queries as people


def posted(request: ScopedRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def status_of(form: PlainForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def searched(request: ScopedRequest) -> dict[str, Any]:
    """People of a name somebody looked for on a page that adds somebody. Nobody until a name is typed."""
    text = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    found = people.people(request.scope, text, page_number(request)).rows if text else ()
    return {"q": text, "found": [row for row in found if not row.restricted]}


def chosen(request: ScopedRequest, field: str) -> UUID | None:
    """An id sent with a button. None for anything that is not one."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        return None
