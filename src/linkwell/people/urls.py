"""The pages of this app. The person page itself is composed by a later app at people/<id>/."""

from django.views.decorators.http import require_POST

from linkwell.core.routes import route
from linkwell.people.permissions import (
    CONCERN_RAISE,
    HOME_ACCESS,
    IDENTITY_DECIDE,
    PERSON_CHANGE,
    PERSON_RESTRICT,
    PERSON_SEARCH,
    PERSON_SEE,
)
from linkwell.people.rules_urls import rules
from linkwell.people.views import access, concerns, contact, household, identity, person, record

app_name = "people"
ONE = "<uuid:person_id>/"

urlpatterns = [
    route("", person.people, name="list", allow=PERSON_SEARCH),
    route(f"{ONE}details/", person.details, name="details", allow=PERSON_CHANGE),
    route(f"{ONE}restrict/", person.restrict, name="restrict", allow=PERSON_RESTRICT),
    route(f"{ONE}needs/", person.needs, name="needs", allow=PERSON_CHANGE),
    route(
        f"{ONE}needs/<uuid:requirement_id>/end/", require_POST(person.end_need), name="end_need", allow=PERSON_CHANGE
    ),
    route(f"{ONE}access/", access.access, name="access", allow=PERSON_CHANGE),
    route(f"{ONE}together/", household.household, name="household", allow=PERSON_SEE),
    route(f"{ONE}together/find/", household.find, name="find_household", allow=PERSON_CHANGE),
    route(f"{ONE}together/find/<uuid:other_id>/", household.link, name="link_household", allow=PERSON_CHANGE),
    route(f"{ONE}together/own-record/<uuid:other_id>/", household.own_record, name="own_record", allow=PERSON_CHANGE),
    route(f"{ONE}together/<uuid:together_id>/answer/", household.answer, name="answer_household", allow=PERSON_CHANGE),
    route(
        f"{ONE}together/<uuid:together_id>/end/",
        require_POST(household.end),
        name="end_household",
        allow=PERSON_CHANGE,
    ),
    route(f"{ONE}safe-contact/", contact.safe_contact, name="safe_contact", allow=PERSON_CHANGE),
    route(f"{ONE}contacts/", contact.contacts, name="contacts", allow=PERSON_CHANGE),
    route(
        f"{ONE}contacts/<uuid:point_id>/confirm/",
        require_POST(contact.confirm_contact),
        name="confirm_contact",
        allow=PERSON_CHANGE,
    ),
    route(
        f"{ONE}contacts/<uuid:point_id>/end/",
        require_POST(contact.end_contact),
        name="end_contact",
        allow=PERSON_CHANGE,
    ),
    route(f"{ONE}contacts/around/", contact.add_related, name="add_related", allow=PERSON_CHANGE),
    route(
        f"{ONE}contacts/around/<uuid:related_id>/end/",
        require_POST(contact.end_related),
        name="end_related",
        allow=PERSON_CHANGE,
    ),
    route(f"{ONE}home-access/", contact.home_access, name="home_access", allow=HOME_ACCESS),
    route(f"{ONE}home-access/change/", contact.change_home_access, name="change_home_access", allow=HOME_ACCESS),
    route(f"{ONE}about-me/", record.about_me, name="about_me", allow=PERSON_CHANGE),
    route(f"{ONE}about-me/earlier/", record.about_me_history, name="about_me_history", allow=PERSON_SEE),
    route(f"{ONE}risks/", record.risks, name="risks", allow=PERSON_CHANGE),
    route(f"{ONE}risks/<uuid:risk_id>/end/", require_POST(record.end_risk), name="end_risk", allow=PERSON_CHANGE),
    route(f"{ONE}agreements/", record.agreements, name="agreements", allow=PERSON_CHANGE),
    route(f"{ONE}agreements/<uuid:agreement_id>/withdraw/", record.withdraw, name="withdraw", allow=PERSON_CHANGE),
    route(f"{ONE}same-person/", identity.same_person, name="same_person", allow=IDENTITY_DECIDE),
    route(f"{ONE}same-person/<uuid:other_id>/", identity.side_by_side, name="side_by_side", allow=IDENTITY_DECIDE),
    route(
        f"{ONE}same-person/undo/<uuid:link_id>/",
        require_POST(identity.undo),
        name="undo_same_person",
        allow=IDENTITY_DECIDE,
    ),
    route(f"{ONE}concerns/new/", concerns.raise_concern, name="raise_concern", allow=CONCERN_RAISE),
    *rules,
]
