from linkwell.outcomes.forms.asking import AskForm, CorrectForm
from linkwell.outcomes.forms.milestones import MilestoneForm, TakeBackForm
from linkwell.outcomes.forms.results import UseForm
from linkwell.outcomes.forms.settings import AskingForm, LoadForm
from linkwell.outcomes.forms.stories import CheckForm, ConsentForm, CopyForm, StoryForm, WithdrawForm

__all__ = [
    "AskForm",
    "AskingForm",
    "CheckForm",
    "ConsentForm",
    "CopyForm",
    "CorrectForm",
    "LoadForm",
    "MilestoneForm",
    "StoryForm",
    "TakeBackForm",
    "UseForm",
    "WithdrawForm",
]
