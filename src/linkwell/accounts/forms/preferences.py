from django import forms

from linkwell.accounts.models import Digest, ListLength, TextSize, TodayFirst
from linkwell.core.plain_forms import PlainForm


class PreferencesForm(PlainForm):
    today_first = forms.ChoiceField(
        label="What Today shows first", choices=TodayFirst.choices, widget=forms.RadioSelect
    )
    digest = forms.ChoiceField(
        label="An e-mail that says how much there is to do",
        help_text="It holds numbers only: no names, and nothing about anybody.",
        choices=Digest.choices,
        widget=forms.RadioSelect,
    )
    list_length = forms.TypedChoiceField(
        label="How much of a list shows at once", choices=ListLength.choices, coerce=int, widget=forms.RadioSelect
    )
    text_size = forms.ChoiceField(label="Size of the text", choices=TextSize.choices, widget=forms.RadioSelect)
    shortcut_keys = forms.ChoiceField(
        label="Keys of one letter (/, j, k and x)",
        choices=[("on", "On"), ("off", "Off: I speak to my computer, or press keys by mistake")],
        widget=forms.RadioSelect,
    )
