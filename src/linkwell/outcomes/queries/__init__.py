"""Every read of this app, by noun."""

from linkwell.outcomes.queries.answers import HelpNeeded, earlier_answers, help_of, response, responses_of
from linkwell.outcomes.queries.asking import asking, clinicians, loaded_packs, pack_to_ask, packs_to_ask, who_is_told
from linkwell.outcomes.queries.milestones import milestone, milestones_of

__all__ = [
    "HelpNeeded",
    "asking",
    "clinicians",
    "earlier_answers",
    "help_of",
    "loaded_packs",
    "milestone",
    "milestones_of",
    "pack_to_ask",
    "packs_to_ask",
    "response",
    "responses_of",
    "who_is_told",
]
