"""Choosing a file of referrals."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from linkwell.core.plain_forms import PlainForm

LARGEST = 10_000_000
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class BatchForm(PlainForm):
    team = forms.TypedChoiceField(label="Which team?", coerce=UUID, error_messages={"required": "Choose a team"})
    file = forms.FileField(
        label="The file",
        help_text="A CSV file with the columns of the empty file, up to 10,000 rows and 10 megabytes.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(teams)

    def clean_file(self) -> tuple[str, str]:
        """The name and the text of the file."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise ValidationError("The file is larger than 10 megabytes. Split it, and try again")
        content: bytes = given.read()
        if content.startswith(_SPREADSHEETS):
            raise ValidationError("This is a spreadsheet. Save it as “CSV UTF-8”, and choose that file")
        try:
            return given.name, content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("Save the file as “CSV UTF-8”, and try again") from None
