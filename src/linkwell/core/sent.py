"""What every page with a form does with what was sent."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from linkwell.kernel.errors import Invalid
from linkwell.kernel.tongue import say


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when nothing was filled in; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def add_findings(form: BaseForm, error: Invalid) -> None:
    """Show what an action could not use beside the box it came from. Actions speak English; the page may be Welsh."""
    for finding in error.findings:
        form.add_error(finding.where if finding.where in form.fields else None, say(finding.message))


def saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Whether a form was sent, was good, and its action took it."""
    if not form.is_valid():
        return False
    try:
        save()
    except Invalid as error:
        add_findings(form, error)
        return False
    return True


def status_of(form: BaseForm, *, conflict: object = None) -> int:
    """What a page with this form answers with."""
    if conflict:
        return 409
    return 422 if form.is_bound and form.errors else 200
