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
from linkwell.journey.views import adding, home, person, search

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
]
