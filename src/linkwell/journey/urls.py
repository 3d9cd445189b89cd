from linkwell.core.routes import route
from linkwell.journey.permissions import (
    ADD_PERSON,
    COPY_RECORD,
    OVERDUE,
    PERSON_PAGE,
    SEARCH,
    TODAY,
    UNFINISHED,
    WHO_LOOKED,
)
from linkwell.journey.views import access, adding, home, person, retention, search
from linkwell.people.permissions import RETENTION

app_name = "journey"
PERSON = "people/<uuid:person_id>/"

urlpatterns = [
    route("", home.today, name="today", allow=TODAY),
    route("search/", search.search, name="search", allow=SEARCH),
    route("overdue/", home.overdue, name="overdue", allow=OVERDUE),
    route("unfinished/", home.unfinished, name="unfinished", allow=UNFINISHED),
    route("unfinished/<uuid:event_id>/try-again/", home.try_again, name="try_again", allow=UNFINISHED),
    route("people/add/", adding.add_person, name="add_person", allow=ADD_PERSON),
    route(PERSON, person.person, name="person", allow=PERSON_PAGE),
    route(f"{PERSON}who-has-looked/", person.looked, name="looked", allow=WHO_LOOKED),
    route(f"{PERSON}record/", person.record, name="record", allow=COPY_RECORD),
    route(f"{PERSON}record.json", person.record_export, name="record_export", allow=COPY_RECORD),
    route(f"{PERSON}everything/", access.everything, name="everything", allow=COPY_RECORD),
    route(f"{PERSON}everything.zip", access.everything_file, name="everything_file", allow=COPY_RECORD),
    route(f"{PERSON}do-not-agree/", access.do_not_agree, name="do_not_agree", allow=COPY_RECORD),
    route("records/", retention.due, name="retention", allow=RETENTION),
    route("records/<uuid:record_id>/", retention.preview, name="retention_preview", allow=RETENTION),
    route("records/going/<uuid:disposal_id>/", retention.disposal, name="disposal", allow=RETENTION),
    route("records/going/<uuid:disposal_id>/agree/", retention.agree, name="agree_disposal", allow=RETENTION),
    route("records/going/<uuid:disposal_id>/keep/", retention.keep, name="keep_disposal", allow=RETENTION),
    route(f"{PERSON}keep/", retention.hold, name="hold", allow=RETENTION),
    route(f"{PERSON}keep/<uuid:hold_id>/end/", retention.end_hold, name="end_hold", allow=RETENTION),
]
