"""The sign-in page: the package's own, told what else it may offer."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.urls import reverse

from linkwell.accounts.queries.demo import demo_allowed


class SignInView(LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": providers(), "demo_sign_in": demo_allowed()}


def providers() -> list[dict[str, str]]:
    """The organisations' own sign-ins that are set up, with the address each starts at."""
    configured: Any = settings.SOCIALACCOUNT_PROVIDERS
    apps: list[dict[str, str]] = configured["openid_connect"]["APPS"]
    return [
        {"name": app["name"], "url": reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})}
        for app in apps
    ]


sign_in = SignInView.as_view()
