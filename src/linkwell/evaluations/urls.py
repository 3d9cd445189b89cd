from linkwell.core.routes import route
from linkwell.evaluations.permissions import EVALUATE, LOAD_OPT_OUTS, SEE_WHO_GETS_THERE
from linkwell.evaluations.views import equity, opt_outs, protocols, results

app_name = "evaluations"

urlpatterns = [
    route("", protocols.evaluations, name="evaluations", allow=EVALUATE),
    route("begin/", protocols.begin, name="begin", allow=EVALUATE),
    route("who-gets-there/", equity.who_gets_there, name="who_gets_there", allow=SEE_WHO_GETS_THERE),
    route("opt-outs/", opt_outs.opt_outs, name="opt_outs", allow=LOAD_OPT_OUTS),
    route("<uuid:evaluation_id>/", results.evaluation, name="evaluation", allow=EVALUATE),
    route("<uuid:evaluation_id>/step/<str:part>/", protocols.step, name="step", allow=EVALUATE),
    route("<uuid:evaluation_id>/fix/", protocols.fix, name="fix", allow=EVALUATE),
    route("<uuid:evaluation_id>/run/", protocols.run, name="run", allow=EVALUATE),
    route("<uuid:evaluation_id>/end/", protocols.end, name="end", allow=EVALUATE),
    route("<uuid:evaluation_id>/numbers.json", results.numbers, name="numbers", allow=EVALUATE),
    route("<uuid:evaluation_id>/report.pdf", results.report_pdf, name="report_pdf", allow=EVALUATE),
]
