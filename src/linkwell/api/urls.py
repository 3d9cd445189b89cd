from linkwell.api import openreferral
from linkwell.core.routes import Open, route

app_name = "api"

_PUBLIC = Open("The directory of an organisation that gives it to everybody, in the layout of Open Referral UK.")

urlpatterns = [
    route("openreferral/<slug:code>/", openreferral.root, name="root", allow=_PUBLIC),
    route("openreferral/<slug:code>/services", openreferral.services, name="services", allow=_PUBLIC),
    route("openreferral/<slug:code>/services/<uuid:service_id>", openreferral.service, name="service", allow=_PUBLIC),
    route("openreferral/<slug:code>/organizations", openreferral.organisations, name="organisations", allow=_PUBLIC),
    route(
        "openreferral/<slug:code>/organizations/<uuid:runner_id>",
        openreferral.organisation,
        name="organisation",
        allow=_PUBLIC,
    ),
    route("openreferral/<slug:code>/service_at_locations", openreferral.places, name="places", allow=_PUBLIC),
    route(
        "openreferral/<slug:code>/service_at_locations/<uuid:venue_id>", openreferral.place, name="place", allow=_PUBLIC
    ),
    route("openreferral/<slug:code>/taxonomies", openreferral.taxonomies, name="taxonomies", allow=_PUBLIC),
    route(
        "openreferral/<slug:code>/taxonomies/<uuid:taxonomy_id>", openreferral.taxonomy, name="taxonomy", allow=_PUBLIC
    ),
    route("openreferral/<slug:code>/taxonomy_terms", openreferral.taxonomy_terms, name="terms", allow=_PUBLIC),
    route(
        "openreferral/<slug:code>/taxonomy_terms/<uuid:term_id>", openreferral.taxonomy_term, name="term", allow=_PUBLIC
    ),
    route("openreferral/<slug:code>/export.<slug:layout>", openreferral.export, name="export", allow=_PUBLIC),
]
