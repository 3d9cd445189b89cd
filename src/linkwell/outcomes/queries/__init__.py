"""Every read of this app, by noun."""

from linkwell.outcomes.queries.answers import HelpNeeded, earlier_answers, help_of, response, responses_of
from linkwell.outcomes.queries.asking import asking, clinicians, loaded_packs, pack_to_ask, packs_to_ask, who_is_told
from linkwell.outcomes.queries.groups import results_of_group
from linkwell.outcomes.queries.milestones import milestone, milestones_of
from linkwell.outcomes.queries.results import my_results, team_results, uses_of_mine
from linkwell.outcomes.queries.stories import (
    may_tell_who,
    public_stories,
    stories_of,
    stories_of_case,
    stories_to_check,
    story,
)

__all__ = [
    "HelpNeeded",
    "asking",
    "clinicians",
    "earlier_answers",
    "help_of",
    "loaded_packs",
    "may_tell_who",
    "milestone",
    "milestones_of",
    "my_results",
    "pack_to_ask",
    "packs_to_ask",
    "public_stories",
    "response",
    "responses_of",
    "results_of_group",
    "stories_of",
    "stories_of_case",
    "stories_to_check",
    "story",
    "team_results",
    "uses_of_mine",
    "who_is_told",
]
