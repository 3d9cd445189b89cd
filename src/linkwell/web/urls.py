"""Every address, each app under its own prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("linkwell.core.urls")),
    path("", include("linkwell.web.pages")),
    path("", include("linkwell.accounts.urls")),
    path("account/", include("linkwell.accounts.sign_in_urls")),
]
