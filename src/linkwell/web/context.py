"""What every page needs: who is signed in, the menu, and whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from linkwell.accounts.models import User
from linkwell.core import languages, navigation
from linkwell.core.helping import Help, help_of
from linkwell.core.permissions import ROLE_WORDS
from linkwell.core.scope import Scope
from linkwell.journey.permissions import SEARCH
from linkwell.kernel import clock, words


def page(request: HttpRequest) -> dict[str, Any]:
    scope: Scope | None = getattr(request, "scope", None)
    member = scope if scope and scope.user_id else None
    return {
        "demo": settings.DEMO,
        "language_query": _language_query(request),
        "scope": scope,
        "role_words": ROLE_WORDS[member.role] if member else "",
        "organisation_name": getattr(request, "organisation_name", ""),
        "can_switch": getattr(request, "membership_count", 0) > 1,
        "nav": _menu(request, member) if member else [],
        "page_help": _help(request) if member else None,
        "printed_at": words.written_datetime(clock.now(), year=True),
        "signed_in": _signed_in(request, member),
        "idle": _idle() if isinstance(getattr(request, "user", None), User) else None,
    }


def _help(request: HttpRequest) -> Help | None:
    """The help of this page. A page that answers no address has none."""
    found = request.resolver_match
    return help_of(found.view_name) if found else None


def _language_query(request: HttpRequest) -> str:
    """The language chosen on the page, for the links that lead on from it."""
    chosen = languages.asked_for(request)
    return f"?{languages.PARAMETER}={chosen.value}" if chosen else ""


def _signed_in(request: HttpRequest, member: Scope | None) -> dict[str, str] | None:
    """Who is named at the top of the page. `mark` ties drafts kept in the browser to one person."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    return {
        "name": user.name,
        "role": ROLE_WORDS[member.role] if member else "",
        "organisation": getattr(request, "organisation_name", ""),
        "switch_url": reverse("accounts:switch") if getattr(request, "membership_count", 0) > 1 else "",
        "sign_out_url": reverse("account_logout"),
        "home_url": "/",
        "search_url": reverse("journey:search") if member and member.may(SEARCH) else "",
        "preferences_url": reverse("accounts:preferences") if member else "",
        "text_size": user.text_size,
        "shortcuts": "on" if user.shortcut_keys else "off",
        "mark": salted_hmac("linkwell.web.mark", str(user.pk)).hexdigest()[:24],
    }


def _idle() -> dict[str, Any]:
    return {"seconds": settings.IDLE_SECONDS, "stay_url": reverse("stay"), "leave_url": reverse("account_login")}


def _menu(request: HttpRequest, scope: Scope) -> list[dict[str, Any]]:
    kind = getattr(request, "organisation_kind", "")
    items = [(item.label, reverse(item.route)) for item in navigation.items_for(scope, kind)]
    # The page may lie below two of them, feeds below services: the nearer one is where somebody is.
    above = [url for _, url in items if request.path == url or (url != "/" and request.path.startswith(url))]
    current = max(above, key=len, default="")
    return [{"label": label, "url": url, "current": url == current} for label, url in items]
