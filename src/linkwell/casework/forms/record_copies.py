"""Forms of what goes into the GP record."""

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField


class EnteredForm(PlainForm):
    initials = forms.CharField(label="Your initials", max_length=6)
    entered_on = DateBoxesField(label="Entered on", help_text="For example, 27 3 2026")


class RecordCodesForm(PlainForm):
    """One pair for each kind that has no published code; left empty, entries carry no code."""

    conversation_code = forms.CharField(label="Code for later conversations", max_length=18, required=False)
    conversation_words = forms.CharField(label="What that code means", max_length=120, required=False)
    ended_code = forms.CharField(label="Code for support that ended", max_length=18, required=False)
    ended_words = forms.CharField(label="What that code means, as shown", max_length=120, required=False)
