"""Who sees the team, moves its work, and what is private between worker and lead."""

from linkwell.core.permissions import CARE_TEAM, LEADS, permission

SEE_TEAM = permission("workforce.see_team", "see their team: who works when, who is away, who covers", roles=CARE_TEAM)
SEE_LOAD = permission("workforce.see_load", "see how full everyone is and when they last had supervision", roles=LEADS)
VISIT = permission(
    "workforce.visit", "say when they go into a visit and when they are out, and look for a colleague", roles=CARE_TEAM
)
ASK_TO_TALK = permission("workforce.ask_to_talk", "ask their lead to talk about a case", roles=CARE_TEAM)
ANSWER_TALKS = permission(
    "workforce.answer_talks", "talk about a case with a worker, and record what was decided", roles=LEADS
)
SEE_DECISIONS = permission(
    "workforce.see_decisions", "read what was decided about a case with the lead", roles=CARE_TEAM
)
SUPERVISE = permission("workforce.supervise", "keep notes of their own supervision sessions", roles=CARE_TEAM)
