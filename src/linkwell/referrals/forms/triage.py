"""What a lead writes when deciding about a referral."""

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.referrals.forms.common import LONGEST_TEXT
from linkwell.referrals.reasons import REASONS


class VersionForm(PlainForm):
    """One button: which version of the referral was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AskForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    question = forms.CharField(
        label="Your question",
        help_text="Whoever referred them will read this. Ask only what you need to decide.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Write your question"},
    )


class WhyNotForm(PlainForm):
    """First the reason: the words that go with it are then there to be edited."""

    reason = forms.ChoiceField(
        label="Why can we not take this?",
        choices=[(reason.code, reason.plain) for reason in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why"},
    )


class DeclineForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.ChoiceField(
        label="Why can we not take this?",
        choices=[(reason.code, reason.plain) for reason in REASONS],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose why"},
    )
    advice = forms.CharField(
        label="Where could they turn instead?",
        help_text="Whoever referred them will read this. Say nothing about whether we know the person.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": "Say where they could turn instead"},
    )
    person_words = forms.CharField(
        label="What the person hears",
        help_text="In words you would use with them. Whoever referred them can pass it on; where nobody referred them, "
        "you tell them yourself.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        required=False,
    )


class WordsForm(PlainForm):
    """A team's own words for one reason."""

    advice = forms.CharField(
        label="Where could they turn instead?",
        help_text="Whoever referred them reads this.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
    )
    person = forms.CharField(
        label="What the person hears",
        help_text="Short and kind, in words you would use with them.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
    )


class ReopenForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label="Why are we looking at this again?",
        max_length=300,
        error_messages={"required": "Say why we are looking at this again"},
    )


class DuplicateForm(PlainForm):
    """The answer to "is this the same person?" for one record."""

    person_id = forms.UUIDField(widget=forms.HiddenInput)
    same = forms.TypedChoiceField(
        choices=[("yes", "Same person"), ("no", "Different people")], coerce=lambda answer: answer == "yes"
    )
