from linkwell.core.routes import route
from linkwell.groupwork.permissions import BOOK_CLINIC, RUN_GROUPS
from linkwell.groupwork.views import clinics, meetings, sessions

app_name = "groupwork"
SESSION = "sessions/<uuid:session_id>/"
CLINIC = "clinics/<uuid:clinic_id>/"
SLOT = f"{CLINIC}times/<uuid:slot_id>/"
MEETING = "meetings/<uuid:meeting_id>/"

urlpatterns = [
    route("", sessions.sessions, name="sessions", allow=RUN_GROUPS),
    route("sessions/plan/", sessions.plan, name="plan_session", allow=RUN_GROUPS),
    route(SESSION, sessions.session, name="session", allow=RUN_GROUPS),
    route(f"{SESSION}register/", sessions.add, name="add_to_register", allow=RUN_GROUPS),
    route(f"{SESSION}register/<uuid:place_id>/remove/", sessions.remove, name="take_off_register", allow=RUN_GROUPS),
    route(f"{SESSION}write-up/", sessions.write_up, name="write_up_session", allow=RUN_GROUPS),
    route(f"{SESSION}cancel/", sessions.cancel, name="cancel_session", allow=RUN_GROUPS),
    route("clinics/", clinics.clinics, name="clinics", allow=RUN_GROUPS),
    route("clinics/plan/", clinics.plan, name="plan_clinic", allow=RUN_GROUPS),
    route(CLINIC, clinics.clinic, name="clinic", allow=RUN_GROUPS),
    route(f"{SLOT}book/", clinics.book, name="book_slot", allow=RUN_GROUPS),
    route(f"{SLOT}free/", clinics.free, name="free_slot", allow=RUN_GROUPS),
    route(f"{CLINIC}write-up/", clinics.write_up, name="write_up_clinic", allow=RUN_GROUPS),
    route(f"{CLINIC}cancel/", clinics.cancel, name="cancel_clinic", allow=RUN_GROUPS),
    route("at-our-practice/", clinics.practice, name="practice", allow=BOOK_CLINIC),
    route("at-our-practice/<uuid:slot_id>/", clinics.practice_book, name="practice_book", allow=BOOK_CLINIC),
    route("meetings/", meetings.meetings, name="meetings", allow=RUN_GROUPS),
    route("meetings/plan/", meetings.plan, name="plan_meeting", allow=RUN_GROUPS),
    route("meetings/about/<uuid:item_id>/", meetings.item, name="meeting_item", allow=RUN_GROUPS),
    route(MEETING, meetings.meeting, name="meeting", allow=RUN_GROUPS),
    route(f"{MEETING}about/<uuid:person_id>/", meetings.add, name="add_item", allow=RUN_GROUPS),
    route(f"{MEETING}write-up/", meetings.write_up, name="write_up_meeting", allow=RUN_GROUPS),
    route(f"{MEETING}cancel/", meetings.cancel, name="cancel_meeting", allow=RUN_GROUPS),
]
