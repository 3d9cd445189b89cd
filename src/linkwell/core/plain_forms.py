"""The form our forms come from: Django's own, with messages in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

CHOOSE = (forms.ChoiceField, forms.ModelChoiceField)
DJANGO_SAYS = str(forms.Field.default_error_messages["required"])


def required_message(field: forms.Field, name: str) -> str:
    """What to say when a field was left empty: "Enter date of birth", "Choose a team"."""
    label = str(field.label or name.replace("_", " "))
    # "NHS number" stays as it is; "Date of birth" becomes "date of birth".
    words = label if label[:2].isupper() else label[:1].lower() + label[1:]
    if label.endswith("?"):
        return f"Answer the question: {label}"
    if isinstance(field, forms.BooleanField):
        return f"Tick to go on: {words}"
    return f"Choose {words}" if isinstance(field, CHOOSE) else f"Enter {words}"


class PlainForm(forms.Form):
    """A form whose message for an empty field names the field.

    A field that was given its own message for ``required`` keeps it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if str(field.error_messages.get("required")) == DJANGO_SAYS:
                field.error_messages["required"] = required_message(field, name)
