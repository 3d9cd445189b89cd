"""Writing in the thread of a referral, from either side, with a file if wanted."""

from typing import Any
from uuid import uuid4

from django import forms

from linkwell.attachments.forms import FileOfForm, takes
from linkwell.core.plain_forms import PlainForm
from linkwell.referrals.forms.common import LONGEST_TEXT


class WithFileForm(PlainForm):
    """A file beside another form: a letter with a referral."""

    file = FileOfForm(label="A letter or a photo", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{takes()} Send only what helps to support them."


class WriteToTeamForm(PlainForm):
    """The sender's words to the team, in answer to a question or because something changed."""

    text = forms.CharField(
        label="Your answer",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Write your answer"},
    )
    file = FileOfForm(label="A letter or a photo", required=False)
    # Without it the same words sent again are a second message, as they were meant.
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"submission_key": uuid4()}, **kwargs)
        self.fields["file"].help_text = takes()


class WriteToReferrerForm(WriteToTeamForm):
    """The team's words to whoever referred. What they may hear is asked where the person has not said yes."""

    says_nothing = forms.BooleanField(
        label="My message says nothing about whether they are supported, or how they are",
        required=False,
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Your message"
        self.fields["text"].error_messages["required"] = "Write your message"
