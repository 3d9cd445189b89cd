from linkwell.core.routes import route
from linkwell.directory import source_views as views
from linkwell.directory import twice_views
from linkwell.directory.permissions import IMPORT_DIRECTORY

urlpatterns = [
    route("feeds/", views.sources, name="sources", allow=IMPORT_DIRECTORY),
    route("feeds/new/", views.add, name="source_add", allow=IMPORT_DIRECTORY),
    route("feeds/differences/", views.differences, name="differences", allow=IMPORT_DIRECTORY),
    route("feeds/differences/<uuid:correction_id>/", views.settle, name="settle", allow=IMPORT_DIRECTORY),
    route("feeds/held-back/", views.held_back, name="held_back", allow=IMPORT_DIRECTORY),
    route("feeds/held-back/<uuid:detail_id>/", views.decide, name="decide_personal", allow=IMPORT_DIRECTORY),
    route("feeds/twice/", twice_views.listed_twice, name="listed_twice", allow=IMPORT_DIRECTORY),
    route("feeds/twice/decided/", twice_views.decided, name="twice_decided", allow=IMPORT_DIRECTORY),
    route("feeds/twice/with/<uuid:service_id>/", twice_views.with_another, name="twice_with", allow=IMPORT_DIRECTORY),
    route("feeds/twice/<uuid:pair_id>/", twice_views.pair, name="twice_pair", allow=IMPORT_DIRECTORY),
    route("feeds/twice/<uuid:pair_id>/two/", twice_views.two, name="twice_two", allow=IMPORT_DIRECTORY),
    route("feeds/twice/<uuid:pair_id>/apart/", twice_views.apart, name="twice_apart", allow=IMPORT_DIRECTORY),
    route("feeds/publish/", views.publish, name="publish", allow=IMPORT_DIRECTORY),
    route("feeds/readings/<uuid:run_id>/", views.reading, name="reading", allow=IMPORT_DIRECTORY),
    route("feeds/<uuid:source_id>/", views.source, name="source", allow=IMPORT_DIRECTORY),
    route("feeds/<uuid:source_id>/fetch/", views.fetch, name="source_fetch", allow=IMPORT_DIRECTORY),
    route("feeds/<uuid:source_id>/columns/", views.columns, name="source_columns", allow=IMPORT_DIRECTORY),
]
