"""Choosing a file, and saying why one is taken off."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from linkwell.attachments.preparing import Ready, prepare, too_large
from linkwell.core.plain_forms import PlainForm
from linkwell.kernel.errors import Invalid


def takes() -> str:
    """What can be attached, as a hint beside the box."""
    return f"PDF, JPEG, PNG or plain text, up to {settings.FILE_BYTES // 1_000_000} megabytes."


class FileOfForm(forms.FileField):
    """A file that is looked at while the form is: its cleaned value is ready to be kept, or None where none is."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": "Choose a file", "empty": "This file is empty. Choose another"}
        super().__init__(**{"error_messages": messages, "max_length": None, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Ready | None:
        """Raises ValidationError with what to do."""
        given = super().clean(data, initial)
        if not given:
            return None
        if given.size > settings.FILE_BYTES:
            raise ValidationError(too_large())
        try:
            return prepare(given.name or "", given.read())
        except Invalid as error:
            raise ValidationError(error.by_field["file"]) from None


class AttachForm(PlainForm):
    title = forms.CharField(
        label="What is it?",
        required=False,
        max_length=80,
        help_text="For example, photo of the form, or letter from the council.",
    )
    file = FileOfForm(label="The file")
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = takes()


class TakeOffForm(PlainForm):
    reason = forms.CharField(
        label="Why is it taken off?", max_length=300, error_messages={"required": "Say why it is taken off"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
