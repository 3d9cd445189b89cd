from django import forms

from linkwell.accounts.models import TextSize
from linkwell.core.plain_forms import PlainForm


class PreferencesForm(PlainForm):
    text_size = forms.ChoiceField(label="Size of the text", choices=TextSize.choices, widget=forms.RadioSelect)
    shortcut_keys = forms.ChoiceField(
        label="Keys of one letter (/, j, k and x)",
        choices=[("on", "On"), ("off", "Off: I speak to my computer, or press keys by mistake")],
        widget=forms.RadioSelect,
    )
