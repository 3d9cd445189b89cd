from linkwell.outcomes.models.answers import How, Occasion, Response, ScoreOfResponse
from linkwell.outcomes.models.asking import Asking, LoadedPack
from linkwell.outcomes.models.links import OwnLink, SentQuestionnaire
from linkwell.outcomes.models.milestones import Each, Milestone, MilestoneKind, SaidBy
from linkwell.outcomes.models.stories import Story, StoryConsent, StoryCopy, StoryUse
from linkwell.outcomes.models.uses import ResultUse

__all__ = [
    "Asking",
    "Each",
    "How",
    "LoadedPack",
    "Milestone",
    "MilestoneKind",
    "Occasion",
    "OwnLink",
    "Response",
    "ResultUse",
    "SaidBy",
    "ScoreOfResponse",
    "SentQuestionnaire",
    "Story",
    "StoryConsent",
    "StoryCopy",
    "StoryUse",
]
