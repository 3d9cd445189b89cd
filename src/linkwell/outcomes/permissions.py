"""Who may ask questionnaires, read what was answered, and decide which are asked here."""

from linkwell.core.permissions import CARE_TEAM, LEADS, Role, permission

ASK = permission("outcomes.ask", "ask questionnaires and write down the answers", roles=CARE_TEAM)
SEE_ANSWERS = permission("outcomes.see", "read answers to questionnaires and what they come to", roles=CARE_TEAM)
# Somebody themself, from a link in their message: this one thing, and nothing else.
ANSWER_OWN = permission(
    "outcomes.answer_own", "answer a questionnaire from a link of their own", roles=frozenset({Role.PUBLIC})
)
SET_ASKING = permission(
    "outcomes.set",
    "decide which questionnaires are asked, name the clinician on duty and load wording under licence",
    roles=frozenset({Role.ADMINISTRATOR}),
)
SEE_TEAM_RESULTS = permission("outcomes.team_results", "see what came of the support of their team", roles=LEADS)
SAY_USED = permission(
    "outcomes.say_used", "note that results were used, so that whoever recorded them hears of it", roles=LEADS
)
