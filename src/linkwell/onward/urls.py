from linkwell.core.routes import Open, route
from linkwell.directory.permissions import DECIDE_LISTING, SEE_GAPS, SEE_LISTING_DESK, SEE_SERVICE
from linkwell.onward.permissions import REFER_ONWARD, SEE_ONWARD
from linkwell.onward.views import files, finding, group, listing, listing_desk, missing, parts, photographs, team

app_name = "onward"

BY_LINK = Open("A community group answers from the link in its e-mail; the link itself is the key.")
TO_ASK = Open("Somebody from a community group asks to look after its listing; nothing is opened by asking.")

urlpatterns = [
    route("onward/overdue/", team.overdue, name="overdue", allow=SEE_ONWARD),
    route("missing-near-here/", missing.missing, name="missing", allow=SEE_GAPS),
    route("onward/<uuid:onward_id>/", team.one, name="one", allow=SEE_ONWARD),
    route("onward/<uuid:onward_id>/take-back/", team.withdraw, name="withdraw", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/file/", files.send, name="send_file", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/came/", team.came, name="came", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/finish/", team.end, name="end", allow=REFER_ONWARD),
    route("onward/signpost/<uuid:signpost_id>/", team.went, name="went", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/", team.of_case, name="of_case", allow=SEE_ONWARD),
    route("onward/for/<uuid:case_id>/find/", finding.find, name="find", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/refer/<uuid:service_id>/", team.refer, name="refer", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/signpost/<uuid:service_id>/", team.signpost, name="signpost", allow=REFER_ONWARD),
    route("answer/<str:token>/", group.answer, name="answer", allow=BY_LINK),
    route("answer/<str:token>/thanks/", group.thanks, name="thanks", allow=BY_LINK),
    route("answer/<str:token>/full/", group.full, name="full", allow=BY_LINK),
    route("answer/<str:token>/details-right/", group.right, name="right", allow=BY_LINK),
    route("answer/<str:token>/own-page/", group.own_page, name="own_page", allow=BY_LINK),
    route("answer/<str:token>/contact/", group.contact, name="contact", allow=BY_LINK),
    route("answer/<str:token>/contact/code/", group.code, name="code", allow=BY_LINK),
    route("answer/<str:token>/files/<uuid:attachment_id>/", files.open_file, name="file", allow=BY_LINK),
    route("answer/<str:token>/<slug:what>/", group.give, name="give", allow=BY_LINK),
    route("listing/asked/", listing.asked, name="listing_asked", allow=TO_ASK),
    route("listing/ask/<slug:code>/<uuid:service_id>/", listing.ask, name="listing_ask", allow=TO_ASK),
    route("listing/desk/<uuid:service_id>/", listing_desk.desk, name="listing_desk", allow=SEE_LISTING_DESK),
    route("listing/desk/<uuid:service_id>/write/", listing_desk.write, name="listing_write", allow=SEE_LISTING_DESK),
    route(
        "listing/desk/<uuid:service_id>/change/<uuid:change_id>/",
        listing_desk.decide_change,
        name="listing_decide_change",
        allow=DECIDE_LISTING,
    ),
    route(
        "listing/desk/<uuid:service_id>/claim/<uuid:claim_id>/",
        listing_desk.decide_claim,
        name="listing_decide_claim",
        allow=DECIDE_LISTING,
    ),
    route(
        "listing/desk/<uuid:service_id>/keeper/<uuid:steward_id>/",
        listing_desk.end_keeping,
        name="listing_end_keeping",
        allow=DECIDE_LISTING,
    ),
    route("listing/desk/<uuid:service_id>/meeting/", parts.desk, name="desk_parts", allow=DECIDE_LISTING),
    route("listing/school-holidays/", parts.breaks, name="school_breaks", allow=DECIDE_LISTING),
    route("listing/school-holidays/<uuid:break_id>/", parts.break_away, name="school_break_away", allow=DECIDE_LISTING),
    route("listing/photograph/<uuid:photograph_id>/", photographs.staff, name="listing_photograph", allow=SEE_SERVICE),
    route("listing/<str:listing_token>/", listing.listing, name="listing", allow=BY_LINK),
    route("listing/<str:listing_token>/room/", listing.room, name="listing_room", allow=BY_LINK),
    route("listing/<str:listing_token>/right/", listing.right, name="listing_right", allow=BY_LINK),
    route("listing/<str:listing_token>/take-over/", listing.claim, name="listing_claim", allow=BY_LINK),
    route("listing/<str:listing_token>/code/", listing.code, name="listing_code", allow=BY_LINK),
    route("listing/<str:listing_token>/change/", listing.change, name="listing_change", allow=BY_LINK),
    route("listing/<str:listing_token>/meeting/", parts.own, name="listing_parts", allow=BY_LINK),
    route("listing/<str:listing_token>/limits/", listing.limits, name="listing_limits", allow=BY_LINK),
    route("listing/<str:listing_token>/dates/", listing.dates, name="listing_dates", allow=BY_LINK),
    route(
        "listing/<str:listing_token>/dates/<uuid:dates_id>/",
        listing.dates_away,
        name="listing_dates_away",
        allow=BY_LINK,
    ),
    route("listing/<str:listing_token>/photos/", photographs.photos, name="listing_photos", allow=BY_LINK),
    route(
        "listing/<str:listing_token>/photos/<uuid:photograph_id>/",
        photographs.own,
        name="listing_own_photo",
        allow=BY_LINK,
    ),
    route(
        "listing/<str:listing_token>/photos/<uuid:photograph_id>/away/",
        photographs.away,
        name="listing_photo_away",
        allow=BY_LINK,
    ),
    route("listing/<str:listing_token>/people/", listing.people, name="listing_people", allow=BY_LINK),
    route("listing/<str:listing_token>/our-numbers.pdf", listing.numbers_pdf, name="listing_numbers", allow=BY_LINK),
]
