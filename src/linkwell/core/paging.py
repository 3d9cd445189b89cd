"""Which page of a list an address asks for."""

from django.http import HttpRequest

LAST = 10_000


def page_number(request: HttpRequest) -> int:
    """From `?page=`; 1 for anything that is not a sensible number."""
    text = request.GET.get("page", "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LAST))):
        return 1
    return min(max(int(text), 1), LAST)
