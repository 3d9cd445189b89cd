from linkwell.core.routes import Open, route
from linkwell.showcase.permissions import PREPARE_RELEASE, SIGN_RELEASE
from linkwell.showcase.views import public, releases

app_name = "showcase"

_PUBLIC = Open("Numbers that passed disclosure control and were signed off, for everybody.")

urlpatterns = [
    route("what-changed/", public.country, name="country", allow=_PUBLIC),
    route("what-changed/<slug:code>/", public.place, name="place", allow=_PUBLIC),
    route("what-changed/<slug:code>/<str:period>/", public.release, name="public", allow=_PUBLIC),
    route("what-changed/<slug:code>/<str:period>/figures.csv", public.figures_csv, name="figures", allow=_PUBLIC),
    route("what-changed/<slug:code>/<str:period>/columns.csv", public.dictionary_csv, name="columns", allow=_PUBLIC),
    route("what-changed/<slug:code>/<str:period>/briefing.pdf", public.briefing_pdf, name="briefing", allow=_PUBLIC),
    route("releases/", releases.releases, name="releases", allow=PREPARE_RELEASE),
    route("releases/prepare/", releases.prepare, name="prepare", allow=PREPARE_RELEASE),
    route("releases/<uuid:release_id>/", releases.release, name="release", allow=PREPARE_RELEASE),
    route("releases/<uuid:release_id>/sign-off/", releases.sign_off, name="sign_off", allow=SIGN_RELEASE),
    route("releases/<uuid:release_id>/discard/", releases.discard, name="discard", allow=PREPARE_RELEASE),
    route("releases/<uuid:release_id>/withdraw/", releases.withdraw, name="withdraw", allow=PREPARE_RELEASE),
]
