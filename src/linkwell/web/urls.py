"""Every address, each app under its own prefix."""

from django.urls import include, path

handler500 = "linkwell.web.pages.trouble"

urlpatterns = [
    path("", include("linkwell.core.urls")),
    path("", include("linkwell.web.pages")),
    path("", include("linkwell.accounts.urls")),
    path("account/", include("linkwell.accounts.sign_in_urls")),
    path("messages/", include("linkwell.messaging.urls")),
    path("people/", include("linkwell.people.urls")),
    path("safeguarding/", include("linkwell.people.safeguarding_urls")),
    path("services/", include("linkwell.directory.urls")),
    path("api/", include("linkwell.api.urls")),
    path("referrals/", include("linkwell.referrals.urls")),
    path("ask/", include("linkwell.referrals.public_urls")),
    path("support/", include("linkwell.casework.urls")),
    path("time/", include("linkwell.casework.own_urls")),
    path("outcomes/", include("linkwell.outcomes.urls")),
    path("page/", include("linkwell.outcomes.own_urls")),
    path("hospital/", include("linkwell.hospital.urls")),
    path("groups/", include("linkwell.groupwork.urls")),
    path("tasks/", include("linkwell.tasks.urls")),
    path("files/", include("linkwell.attachments.urls")),
    path("team/", include("linkwell.workforce.urls")),
    path("report/", include("linkwell.impact.urls")),
    path("evaluations/", include("linkwell.evaluations.urls")),
    path("", include("linkwell.showcase.urls")),
    path("listing/", include("linkwell.outcomes.group_urls")),
    path("", include("linkwell.onward.urls")),
    path("", include("linkwell.journey.urls")),
]
