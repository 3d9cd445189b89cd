"""Lines for the lead about the people who work here."""

from linkwell.accounts.attention import needs_attention
from linkwell.core.scope import Scope
from linkwell.workforce.permissions import ANSWER_TALKS, SEE_LOAD
from linkwell.workforce.queries.waiting import colleagues_not_covered, questions_to_the_lead, supervisions_due


@needs_attention("Colleagues who would like to talk about a case", "workforce:talks", permission=ANSWER_TALKS)
def talks(scope: Scope) -> int:
    return questions_to_the_lead(scope)


@needs_attention("Supervision that is due", "workforce:supervision_due", permission=SEE_LOAD)
def supervision(scope: Scope) -> int:
    return supervisions_due(scope)


@needs_attention("Colleagues away whom nobody covers", "workforce:team", permission=SEE_LOAD)
def not_covered(scope: Scope) -> int:
    return colleagues_not_covered(scope)
