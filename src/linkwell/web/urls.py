"""Every address, each app under its own prefix."""

from allauth import urls as allauth_urls
from django.urls import include, path

from linkwell.core.routes import Open, declare

_sign_in = declare(list(allauth_urls.urlpatterns), Open("Signing in and out, and one's own sign-in settings."))

urlpatterns = [
    path("", include("linkwell.core.urls")),
    path("account/", include(_sign_in)),
]
