from linkwell.outcomes.forms.asking import AskForm, CorrectForm
from linkwell.outcomes.forms.milestones import MilestoneForm, TakeBackForm
from linkwell.outcomes.forms.settings import AskingForm, LoadForm

__all__ = ["AskForm", "AskingForm", "CorrectForm", "LoadForm", "MilestoneForm", "TakeBackForm"]
