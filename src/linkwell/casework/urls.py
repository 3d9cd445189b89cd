from linkwell.casework.permissions import (
    ACCEPT_REFERRALS,
    ALLOCATE,
    DECIDE_ENDINGS,
    READ_SUMMARIES,
    SEE_CASES,
    SEND_SUMMARIES,
    WRITE_CASES,
)
from linkwell.casework.views import arriving, cases, closing, conversations, load, offers, pausing, plan, summaries
from linkwell.core.routes import route

app_name = "casework"
urlpatterns = [
    route("caseload/", cases.caseload, name="caseload", allow=SEE_CASES),
    route("accept/<uuid:referral_id>/", cases.accept, name="accept", allow=ACCEPT_REFERRALS),
    route("join/<uuid:referral_id>/", arriving.join, name="join", allow=ACCEPT_REFERRALS),
    route("hand-overs/<uuid:hand_over_id>/take-back/", arriving.take_back, name="take_back", allow=WRITE_CASES),
    route("<uuid:case_id>/hand-over/", arriving.hand_over, name="hand_over", allow=WRITE_CASES),
    route("waiting/", cases.waiting, name="waiting", allow=ALLOCATE),
    route("received/", summaries.received, name="received", allow=READ_SUMMARIES),
    route("received/<uuid:summary_id>/", summaries.received_summary, name="received_summary", allow=READ_SUMMARIES),
    route("received/<uuid:summary_id>/summary.pdf", summaries.received_pdf, name="received_pdf", allow=READ_SUMMARIES),
    route(
        "received/<uuid:summary_id>/summary.json", summaries.received_json, name="received_json", allow=READ_SUMMARIES
    ),
    route("received/notes/<uuid:note_id>/", summaries.received_note, name="received_note", allow=READ_SUMMARIES),
    route("conversations/<uuid:interaction_id>/", conversations.conversation, name="conversation", allow=SEE_CASES),
    route("conversations/<uuid:interaction_id>/correct/", conversations.correct, name="correct", allow=WRITE_CASES),
    route("appointments/<uuid:appointment_id>/move/", conversations.move, name="move", allow=WRITE_CASES),
    route("appointments/<uuid:appointment_id>/cancel/", conversations.cancel, name="cancel", allow=WRITE_CASES),
    route("summaries/<uuid:summary_id>/", summaries.summary, name="summary", allow=SEND_SUMMARIES),
    route("summaries/<uuid:summary_id>/send/", summaries.send_summary, name="send_summary", allow=SEND_SUMMARIES),
    route("summaries/<uuid:summary_id>/summary.pdf", summaries.summary_pdf, name="summary_pdf", allow=SEND_SUMMARIES),
    route(
        "summaries/<uuid:summary_id>/summary.json", summaries.summary_json, name="summary_json", allow=SEND_SUMMARIES
    ),
    route("<uuid:case_id>/", cases.case, name="case", allow=SEE_CASES),
    route("<uuid:case_id>/allocate/", cases.allocate, name="allocate", allow=ALLOCATE),
    route("<uuid:case_id>/back-to-waiting/", cases.put_back, name="put_back", allow=ALLOCATE),
    route("<uuid:case_id>/weigh/", load.weigh, name="weigh", allow=WRITE_CASES),
    route("<uuid:case_id>/next/", cases.set_next, name="next", allow=WRITE_CASES),
    route("<uuid:case_id>/write-up/", conversations.write_up, name="write_up", allow=WRITE_CASES),
    route("<uuid:case_id>/first-conversation/", conversations.first, name="first", allow=WRITE_CASES),
    route("<uuid:case_id>/book/", conversations.book, name="book", allow=WRITE_CASES),
    route("<uuid:case_id>/plan/", plan.plan, name="plan", allow=WRITE_CASES),
    route("<uuid:case_id>/plan/agree/", plan.agree, name="agree", allow=WRITE_CASES),
    route("<uuid:case_id>/plan/versions/", plan.versions, name="versions", allow=SEE_CASES),
    route("<uuid:case_id>/plan/print/", plan.print_page, name="plan_print", allow=SEE_CASES),
    route("<uuid:case_id>/plan/plan.pdf", plan.pdf, name="plan_pdf", allow=SEE_CASES),
    route("<uuid:case_id>/close/", closing.close, name="close", allow=WRITE_CASES),
    route("<uuid:case_id>/tried/", closing.tried, name="tried", allow=SEE_CASES),
    route("<uuid:case_id>/check-number/", closing.check_number, name="check_number", allow=WRITE_CASES),
    route("endings/<uuid:request_id>/", closing.decide_closing, name="decide_closing", allow=DECIDE_ENDINGS),
    route("<uuid:case_id>/longer/", offers.longer, name="longer", allow=WRITE_CASES),
    route("longer/<uuid:extension_id>/", offers.decide_longer, name="decide_longer", allow=DECIDE_ENDINGS),
    route("<uuid:case_id>/pause/", pausing.pause, name="pause", allow=WRITE_CASES),
    route("<uuid:case_id>/start-again/", pausing.start_again, name="start_again", allow=WRITE_CASES),
    route("<uuid:case_id>/reopen/", closing.reopen, name="reopen", allow=WRITE_CASES),
    route("<uuid:case_id>/who-may-hear/", closing.who_may_hear, name="who_may_hear", allow=WRITE_CASES),
    route("<uuid:case_id>/summaries/", summaries.summaries, name="summaries", allow=SEND_SUMMARIES),
    route("<uuid:case_id>/separate-note/", summaries.separate_note, name="separate_note", allow=SEND_SUMMARIES),
]
