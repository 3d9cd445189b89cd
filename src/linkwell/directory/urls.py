from linkwell.core.routes import Open, route
from linkwell.directory import public_views, shortlist_views, source_urls, views
from linkwell.directory.permissions import FIND_SERVICES, REPORT_GAP, SAY_ROOM, SEE_GAPS, SEE_SERVICE

app_name = "directory"

_PUBLIC = Open("The directory of an organisation that gives it to everybody, to look through.")

urlpatterns = [
    route("", views.find, name="find", allow=FIND_SERVICES),
    route("missing/", views.missing, name="missing", allow=REPORT_GAP),
    route("missing/all/", views.gaps, name="gaps", allow=SEE_GAPS),
    route("in/<slug:code>/", public_views.find, name="public_find", allow=_PUBLIC),
    route("in/<slug:code>/<uuid:service_id>/", public_views.service, name="public_service", allow=_PUBLIC),
    route("shortlist/", shortlist_views.shortlist, name="shortlist", allow=FIND_SERVICES),
    route("shortlist/print/", shortlist_views.sheet, name="shortlist_print", allow=FIND_SERVICES),
    route("<uuid:service_id>/shortlist/", shortlist_views.put_aside, name="put_aside", allow=FIND_SERVICES),
    route("<uuid:service_id>/shortlist/off/", shortlist_views.take_off, name="take_off", allow=FIND_SERVICES),
    route("<uuid:service_id>/", views.service, name="service", allow=SEE_SERVICE),
    route("<uuid:service_id>/room/", views.room, name="room", allow=SAY_ROOM),
    *source_urls.urlpatterns,
]
