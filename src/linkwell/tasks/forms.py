from django import forms

from linkwell.core.plain_forms import PlainForm


class TaskForm(PlainForm):
    """One button of a task: which version of it was on the screen."""

    version = forms.IntegerField(min_value=1)
