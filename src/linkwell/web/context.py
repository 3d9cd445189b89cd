"""What every page needs: who is signed in, the menu, and whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from linkwell.core import navigation
from linkwell.core.permissions import ROLE_WORDS
from linkwell.core.scope import Scope


def page(request: HttpRequest) -> dict[str, Any]:
    scope: Scope | None = getattr(request, "scope", None)
    member = scope if scope and scope.user_id else None
    return {
        "demo": settings.DEMO,
        "scope": scope,
        "role_words": ROLE_WORDS[member.role] if member else "",
        "organisation_name": getattr(request, "organisation_name", ""),
        "can_switch": getattr(request, "membership_count", 0) > 1,
        "nav": _menu(request, member) if member else [],
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }


def _menu(request: HttpRequest, scope: Scope) -> list[dict[str, Any]]:
    items = [(item.label, reverse(item.route)) for item in navigation.items_for(scope)]
    return [
        {"label": label, "url": url, "current": request.path == url or (url != "/" and request.path.startswith(url))}
        for label, url in items
    ]
