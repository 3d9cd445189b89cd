from linkwell.core.routes import Open, route
from linkwell.onward.permissions import REFER_ONWARD, SEE_ONWARD
from linkwell.onward.views import files, group, team

app_name = "onward"

BY_LINK = Open("A community group answers from the link in its e-mail; the link itself is the key.")

urlpatterns = [
    route("onward/overdue/", team.overdue, name="overdue", allow=SEE_ONWARD),
    route("onward/<uuid:onward_id>/", team.one, name="one", allow=SEE_ONWARD),
    route("onward/<uuid:onward_id>/take-back/", team.withdraw, name="withdraw", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/file/", files.send, name="send_file", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/came/", team.came, name="came", allow=REFER_ONWARD),
    route("onward/<uuid:onward_id>/finish/", team.end, name="end", allow=REFER_ONWARD),
    route("onward/signpost/<uuid:signpost_id>/", team.went, name="went", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/", team.of_case, name="of_case", allow=SEE_ONWARD),
    route("onward/for/<uuid:case_id>/find/", team.find, name="find", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/refer/<uuid:service_id>/", team.refer, name="refer", allow=REFER_ONWARD),
    route("onward/for/<uuid:case_id>/signpost/<uuid:service_id>/", team.signpost, name="signpost", allow=REFER_ONWARD),
    route("answer/<str:token>/", group.answer, name="answer", allow=BY_LINK),
    route("answer/<str:token>/thanks/", group.thanks, name="thanks", allow=BY_LINK),
    route("answer/<str:token>/full/", group.full, name="full", allow=BY_LINK),
    route("answer/<str:token>/details-right/", group.right, name="right", allow=BY_LINK),
    route("answer/<str:token>/contact/", group.contact, name="contact", allow=BY_LINK),
    route("answer/<str:token>/contact/code/", group.code, name="code", allow=BY_LINK),
    route("answer/<str:token>/files/<uuid:attachment_id>/", files.open_file, name="file", allow=BY_LINK),
    route("answer/<str:token>/<slug:what>/", group.give, name="give", allow=BY_LINK),
]
