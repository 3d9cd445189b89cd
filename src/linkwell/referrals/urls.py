from linkwell.core.routes import route
from linkwell.referrals.permissions import DECIDE_REFERRALS, READ_REFERRALS, REFER, SET_DECLINE_WORDS, TELL_REFERRERS
from linkwell.referrals.views import batches, refer, threads, triage, words

app_name = "referrals"
urlpatterns = [
    route("refer/", refer.choose_team, name="refer", allow=REFER),
    route("refer/<slug:slug>/", refer.refer, name="refer_to", allow=REFER),
    route("batches/", batches.batches, name="batches", allow=REFER),
    route("batches/empty.csv", batches.template, name="batch_template", allow=REFER),
    route("batches/<uuid:batch_id>/", batches.batch, name="batch", allow=REFER),
    route("batches/<uuid:batch_id>/report.csv", batches.report, name="batch_report", allow=REFER),
    route("mine/", refer.mine, name="mine", allow=REFER),
    route("mine/<uuid:referral_id>/", refer.mine_one, name="mine_one", allow=REFER),
    route("words/", words.words, name="words", allow=SET_DECLINE_WORDS),
    route("triage/", triage.triage, name="triage", allow=READ_REFERRALS),
    route("triage/<uuid:referral_id>/", triage.referral, name="referral", allow=READ_REFERRALS),
    route("triage/<uuid:referral_id>/messages/", threads.thread, name="thread", allow=TELL_REFERRERS),
    route("triage/<uuid:referral_id>/ask/", triage.ask, name="ask", allow=DECIDE_REFERRALS),
    route("triage/<uuid:referral_id>/decline/", triage.decline, name="decline", allow=DECIDE_REFERRALS),
    route("triage/<uuid:referral_id>/reopen/", triage.reopen, name="reopen", allow=DECIDE_REFERRALS),
    route("triage/<uuid:referral_id>/answer/", triage.note_answer, name="note_answer", allow=DECIDE_REFERRALS),
    route("triage/<uuid:referral_id>/take-over/", triage.take_over, name="take_over", allow=DECIDE_REFERRALS),
    route("triage/<uuid:referral_id>/same-person/", triage.duplicate, name="duplicate", allow=DECIDE_REFERRALS),
]
