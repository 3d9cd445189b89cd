"""The addresses of signing in: those of the sign-in package that are used here, and nothing else of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from allauth import urls as allauth_urls
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from requests import RequestException

from linkwell.accounts.queries.sign_in import second_steps
from linkwell.accounts.views.login import sign_in
from linkwell.core.routes import Open, declare

log = structlog.get_logger()

View = Callable[..., HttpResponseBase]

WHY = Open("Signing in and out, and one's own sign-in settings.")
NOT_HERE = Open("Always 404: nobody signs up, changes addresses or connects accounts by themselves.")


def absent(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    raise Http404


def counts_as_second_step(view: View) -> View:
    """Setting up a second step proves it too: without this the next page would ask for it again at once."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = len(second_steps(request.user.pk)) if request.user.is_authenticated else 0
        response = view(request, *args, **kwargs)
        if request.method == "POST" and request.user.is_authenticated and before < len(second_steps(request.user.pk)):
            record_authentication(request, request.user, "mfa", type="set_up")
        return response

    return run


def issuer_may_be_down(view: View) -> View:
    """Another organisation's service that does not answer is no fault of ours, and gets a page that says so."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, ValueError, KeyError) as error:
            log.warning("openid_connect_failed", error=type(error).__name__)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return run


def _absent(pattern: str, name: str) -> URLPattern:
    return path(pattern, absent, name=name)


_absent_routes = [
    _absent("signup/", "account_signup"),
    _absent("email/", "account_email"),
    _absent("confirm-email/", "account_email_verification_sent"),
    _absent("confirm-email/<str:key>/", "account_confirm_email"),
    _absent("password/set/", "account_set_password"),
    _absent("login/code/confirm/", "account_confirm_login_code"),
    _absent("3rdparty/", "socialaccount_connections"),
    _absent("3rdparty/signup/", "socialaccount_signup"),
    _absent("social/login/cancelled/", "old_login_cancelled"),
    _absent("social/login/error/", "old_login_error"),
    _absent("social/signup/", "old_signup"),
    _absent("social/connections/", "old_connections"),
]

_our_views = [
    path("oidc/<str:provider_id>/login/", issuer_may_be_down(oidc.login), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", issuer_may_be_down(oidc.callback), name="openid_connect_callback"),
    path("login/", sign_in, name="account_login"),
    path("2fa/totp/activate/", counts_as_second_step(activate_totp), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", counts_as_second_step(add_webauthn), name="mfa_add_webauthn"),
]

urlpatterns = [
    *declare(_absent_routes, NOT_HERE),
    *declare(_our_views, WHY),
    *declare(list(allauth_urls.urlpatterns), WHY),
]
