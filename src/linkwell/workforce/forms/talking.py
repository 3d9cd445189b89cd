"""Asking to talk about a case, and noting what was decided."""

from django import forms

from linkwell.casework.forms.common import VersionForm, text_area
from linkwell.core.plain_forms import PlainForm


class AskForm(PlainForm):
    words = text_area(
        "What would you like to talk about?",
        "Only you and your lead can read this. It is not part of the record. You may leave it empty.",
        longest=4_000,
    )
    urgent = forms.BooleanField(label="It cannot wait until we next meet", required=False)


class AnswerForm(VersionForm):
    decision = text_area(
        "What was decided?",
        "This goes into the record. Leave out what was said, and how anybody felt.",
        required=True,
        longest=4_000,
    )
