"""What is typed about onward referrals: by a worker, and by a group from its link."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import Chips, DateBoxesField
from linkwell.kernel import clock
from linkwell.kernel.codes import NEEDS
from linkwell.onward.actions.answering import MOST_WEEKS
from linkwell.onward.actions.referring import LONGEST
from linkwell.people.capacity import CanAgree
from linkwell.people.forms import ask_who_interpreted, check_who_interpreted
from linkwell.people.forms.agreeing import agreed_by_field

HOW_AGREED = (("spoken", "They said yes, in person or by phone"), ("written", "They said yes in writing"))
HOW_SIGNPOSTED = (
    ("told", "I told them about it"),
    ("leaflet", "I gave or sent them something to keep"),
    ("together", "We looked at it together"),
)


class OnwardForm(PlainForm):
    """What the group will read, in words the person agreed to."""

    need_words = forms.CharField(
        label="Why, in words they agreed to",
        help_text="The group reads exactly this. No surname, no health details they did not agree to.",
        max_length=LONGEST,
        widget=forms.Textarea,
    )
    access_words = forms.CharField(
        label="What would make it work for them",
        help_text="Such as: step-free, someone to meet them at the door, large print.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
    )
    may_share_phone = forms.BooleanField(
        label="The group may have their phone number after it says yes",
        help_text="Only if they agreed, and only if it is safe to phone them.",
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label="What is it about?",
        help_text="The group set limits by this. It does not see what you tick.",
        choices=[(each.code, each.plain) for each in NEEDS],
        widget=Chips,
        required=False,
    )
    ask_first = forms.BooleanField(
        label="Ask them whether they would make an exception",
        help_text="The group reads which of its own words this does not fit, and nothing more about why.",
        required=False,
    )
    agreed_how = forms.ChoiceField(label="How did they agree to this?", choices=HOW_AGREED, widget=forms.RadioSelect)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        *args: Any,
        can_agree: Iterable[CanAgree] = (),
        interpreter: str = "",
        asks_needs: bool = False,
        may_ask_first: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_needs:
            del self.fields["needs"]
        if not may_ask_first:
            del self.fields["ask_first"]
        self.fields["agreed_by"] = agreed_by_field(can_agree)
        ask_who_interpreted(self, interpreter)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_who_interpreted(self, given, said_yes=given.get("agreed_how") == "spoken")
        return given


class SignpostForm(PlainForm):
    how = forms.ChoiceField(label="How did you tell them?", choices=HOW_SIGNPOSTED, widget=forms.RadioSelect)
    note = forms.CharField(label="Anything to remember", max_length=300, required=False)
    ask_again_on = DateBoxesField(label="Ask them how it went on", required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class SendFileForm(PlainForm):
    file = forms.ChoiceField(label="Which file?", widget=forms.RadioSelect)
    agreed = forms.BooleanField(
        label="They agreed that this group gets this file",
        error_messages={"required": "Ask the person about this file first. Without their yes it is not sent"},
    )
    agreed_how = forms.ChoiceField(label="How did they agree to this?", choices=HOW_AGREED, widget=forms.RadioSelect)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, files: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(files)


class ReplyForm(PlainForm):
    text = forms.CharField(label="Your message", max_length=4000, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ToldTheyCameForm(PlainForm):
    """What the person told their link worker."""

    on = DateBoxesField(label="Which day?", initial=clock.today)
    came = forms.TypedChoiceField(
        label="Did they go?",
        choices=[("yes", "Yes, they went"), ("no", "No, they did not go")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What they said about it", max_length=300, required=False, help_text="The group does not see this"
    )


class WithdrawForm(PlainForm):
    reason = forms.CharField(label="Why are you taking it back?", max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class GroupForm(PlainForm):
    """A form behind a link: it carries the version the group saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    hints: ClassVar[dict[str, str]] = {}


class YesForm(GroupForm):
    starts_on = DateBoxesField(
        label="From which date can they come?", help_text="Leave this empty for your next session.", required=False
    )


class WaitingForm(GroupForm):
    weeks = forms.IntegerField(label="About how many weeks is the wait?", min_value=1, max_value=MOST_WEEKS)


class NoForm(GroupForm):
    reason = forms.ChoiceField(
        label="What is the reason?",
        choices=[
            (words, words)
            for words in (
                "We are full",
                "We are not right for this",
                "They live too far away",
                "They are outside our age range",
                "We have stopped running",
            )
        ]
        + [("other", "Something else")],
        widget=forms.RadioSelect,
    )
    other = forms.CharField(label="Tell us more", max_length=300, required=False)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("reason") == "other" and not data.get("other"):
            self.add_error("other", "Tell us why, so that we can find somewhere else.")
        return data


class AskForm(GroupForm):
    text = forms.CharField(
        label="What would you like to ask?",
        help_text="The link worker reads this. Please do not write a surname or anything about health.",
        max_length=4000,
        widget=forms.Textarea,
    )


class CameForm(GroupForm):
    on = DateBoxesField(label="Which day?", initial=clock.today)
    came = forms.TypedChoiceField(
        label="Did they come?",
        choices=[("yes", "Yes, they came"), ("no", "No, they did not come")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Anything the link worker should know", max_length=300, required=False)


class WorriedForm(GroupForm):
    danger_now = forms.TypedChoiceField(
        label="Is somebody in danger now?",
        choices=[("no", "No"), ("yes", "Yes. I have phoned 999 or will do it now")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    what = forms.CharField(label="What did you see or hear?", max_length=4000, widget=forms.Textarea)
    their_words = forms.CharField(
        label="What did they say, in their own words?", max_length=4000, required=False, widget=forms.Textarea
    )
    name = forms.CharField(label="Your name", max_length=80, required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CodeForm(PlainForm):
    code = forms.CharField(label="Code from the e-mail", max_length=20)
