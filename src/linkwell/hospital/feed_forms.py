"""Forms of the page of feeds."""

from django import forms

from linkwell.cohorts.columns import TABLES
from linkwell.core.plain_forms import PlainForm

LARGEST = 20 * 1024 * 1024
LARGEST_ACTIVITY = 100 * 1024 * 1024
ENDINGS = (".csv", ".parquet")


class ListForm(PlainForm):
    file = forms.FileField(
        label="Load a list",
        help_text="A ward list, or a list of who is ready to go home: CSV with a line of headings, up to 20 megabytes.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    accept_smaller = forms.BooleanField(
        label="Load it even if it has nobody on it, or less than half as many rows as the last one", required=False
    )

    def clean_file(self) -> object:
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError("The file is larger than 20 megabytes")
        return given


class ActivityForm(PlainForm):
    kind = forms.ChoiceField(
        label="What the rows are",
        choices=tuple((name, table.meaning.rstrip(".")) for name, table in TABLES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the rows are"},
    )
    activity = forms.FileField(
        label="Load past activity",
        help_text="CSV or Parquet with headings, up to 100 megabytes. “linkwell activity import” loads larger files.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_activity(self) -> object:
        given = self.cleaned_data["activity"]
        if given.size > LARGEST_ACTIVITY:
            raise forms.ValidationError("The file is larger than 100 megabytes. Use “linkwell activity import”.")
        if not given.name.lower().endswith(ENDINGS):
            raise forms.ValidationError("The file is neither CSV nor Parquet")
        return given


class StaleForm(PlainForm):
    hours = forms.IntegerField(
        label="After how many hours without news is it out of date?",
        help_text="24 is a day, 168 a week. Pages that show this news then say so loudly.",
        min_value=1,
        max_value=2400,
        error_messages={
            "required": "Enter a number of hours",
            "invalid": "Enter a number of hours, like 6",
            "min_value": "Enter 1 hour or more",
            "max_value": "Enter 2,400 hours (100 days) or fewer",
        },
    )


class DoneForm(PlainForm):
    reason = forms.CharField(
        label="Why does it need nothing more?", max_length=200, error_messages={"required": "Say why it needs nothing"}
    )
