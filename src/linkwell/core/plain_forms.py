"""The form our forms come from: Django's own, with messages in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from linkwell.kernel.tongue import say

CHOICES = (forms.ChoiceField, forms.ModelChoiceField)


def words_of(field: forms.Field, name: str) -> str:
    return str(field.label or name.replace("_", " ").capitalize())


def in_a_sentence(label: str) -> str:
    """ "Date of birth" becomes "date of birth"; "NHS number" stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def required_message(field: forms.Field, label: str) -> str:
    """What to say when a field was left empty: "Enter date of birth", "Choose team"."""
    if label.endswith("?"):
        return say("Answer the question: {label}").replace("{label}", label)
    if isinstance(field, forms.BooleanField):
        return say("Tick to go on: {label}").replace("{label}", in_a_sentence(label))
    words = say("Choose {label}") if isinstance(field, CHOICES) else say("Enter {label}")
    return words.replace("{label}", in_a_sentence(label))


def plain_messages(field: forms.Field, name: str) -> dict[str, str]:
    """Our words for each thing that can be wrong with this field, by Django's code for it."""
    label = words_of(field, name)
    subject = say("Your answer") if label.endswith("?") else label
    # These four are filled in by Django's own formatting, to which a percent sign in a label means something.
    filled = subject.replace("%", "%%")
    messages = {
        "required": required_message(field, label),
        "max_length": _about(
            say("{label} must be %(limit_value)d characters or fewer. It is %(show_value)d now"), filled
        ),
        "min_length": _about(say("{label} must be %(limit_value)d characters or more"), filled),
        "max_value": _about(say("{label} must be %(limit_value)s or less"), filled),
        "min_value": _about(say("{label} must be %(limit_value)s or more"), filled),
        "null_characters_not_allowed": _about(say("{label} holds a character that cannot be kept"), subject),
    }
    match field:
        case forms.EmailField():
            messages["invalid"] = say("Enter an e-mail address like name@example.org")
        case forms.URLField():
            messages["invalid"] = say("Enter a web address like www.example.org")
        case forms.IntegerField():
            messages["invalid"] = _about(say("{label} must be a number, like 12"), subject)
        case forms.ChoiceField() | forms.ModelChoiceField():
            messages |= dict.fromkeys(("invalid_choice", "invalid_list"), say("Choose one of the answers on the page"))
    return messages


def _about(words: str, label: str) -> str:
    return words.replace("{label}", label)


def own_words(field: forms.Field, code: str) -> bool:
    """Whether the form gave this field a message of its own for `code`, which then stays."""
    said = field.error_messages.get(code)
    defaults: dict[str, Any] = {}
    for parent in reversed(type(field).__mro__):
        if parent.__module__.startswith("django."):
            defaults |= vars(parent).get("default_error_messages", {})
    return said is not None and str(said) != str(defaults.get(code))


class PlainForm(forms.Form):
    """A form whose messages name the field and say how to mend it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            for code, message in plain_messages(field, name).items():
                if not own_words(field, code):
                    field.error_messages[code] = message
