"""What a template needs to know about a Django form field, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from linkwell.core import widgets
from linkwell.kernel.tongue import marked, say

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (widgets.TenDots, "ten_dots"),
    (widgets.Chips, "chips"),
    (widgets.AnswerButtons, "answers"),
    (widgets.DateBoxes, "date"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
)
OUT_OF_DATE = marked("This page was out of date. Load it again and try once more.")
DATE_PARTS = {"day": marked("Day"), "month": marked("Month"), "year": marked("Year")}
OPTION_KINDS = {"checkbox", "checkboxes", "radios"}
GROUP_KINDS = {"ten_dots", "chips", "answers", "date", "checkboxes", "radios"}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field: what it sends, what it says, whether it is chosen."""

    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormError:
    """One error for the summary: the words, and the id of the box to mend ("" for the whole form)."""

    message: str
    target: str


def kind(field: BoundField) -> str:
    """Which component draws this field; "input" for any one-line box."""
    widget = field.field.widget
    return next((name for type_, name in KINDS if isinstance(widget, type_)), "input")


def options(field: BoundField) -> list[Option]:
    """The choices of a field, in order, with those chosen marked. Empty choices are left out.

    A form class may say more about each choice: ``choice_hints = {"value": "hint"}`` on the field.
    """
    chosen = _chosen(field.value())
    hints: dict[str, str] = getattr(field.field, "choice_hints", {})
    return [
        Option(str(value), str(label), hints.get(str(value), ""), str(value) in chosen)
        for value, label in _flat(getattr(field.field, "choices", ()))
        if str(value) != "" or kind(field) == "select"
    ]


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(value, label)])
    return flat


def _chosen(value: Any) -> set[str]:
    if value is None:
        return set()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(getattr(one, "pk", one)) for one in values}


def form_errors(form: forms.BaseForm) -> list[FormError]:
    """Every error of a form in the order of its fields, each with the box it belongs to."""
    found = [FormError(str(message), "") for message in form.non_field_errors()]
    for field in form:
        if field.is_hidden:
            found += [FormError(say(OUT_OF_DATE), "")] if field.errors else []
        else:
            found += [FormError(str(message), first_box(field)) for message in field.errors]
    return found


def first_box(field: BoundField) -> str:
    """The id of the element an error link should land on."""
    box = field.auto_id or field.html_name
    return f"{box}_day" if kind(field) == "date" else box


NOT_DRAWN = {"class", "id", "rows", "cols", "maxlength", "minlength", "min", "max", "step", "required", "autocomplete"}


def words(field: BoundField, label: str = "") -> str:
    """The label, saying so when the field may be left out."""
    text = str(label or field.label)
    may_say = not field.field.required and kind(field) not in {"checkbox", "hidden"}
    return f"{text} ({say('optional')})" if may_say and "optional" not in text.casefold() else text


def params(field: BoundField, look: dict[str, Any]) -> dict[str, Any]:
    """The parameters with which an NHS component draws this field.

    `look` holds what the page wants otherwise: label, hint, size, heading, rows, width, autocomplete,
    inputmode, prefix, suffix, inline, small, classes, conditional. Limits such as maxlength are left to
    the form's own answer: a browser that cuts a pasted text says nothing.
    """
    box = field.auto_id or field.html_name
    title = {"text": words(field, look["label"]), "size": look["size"], "isPageHeading": look["heading"]}
    attributes = {name: value for name, value in field.field.widget.attrs.items() if name not in NOT_DRAWN}
    drawn = {
        "id": box,
        "name": field.html_name,
        "label": title,
        "hint": _text(look["hint"] or field.help_text),
        "errorMessage": _error(field),
        "classes": look["classes"],
        "autocomplete": look["autocomplete"] or field.field.widget.attrs.get("autocomplete"),
        "attributes": attributes,
    }
    drawn |= _own_params(field, look, box)
    if kind(field) in GROUP_KINDS:
        drawn |= {"idPrefix": box, "fieldset": {"legend": title}}
    if kind(field) in OPTION_KINDS:
        # The first option carries the id, so that an error link lands on it.
        del drawn["id"]
    return {name: value for name, value in drawn.items() if value not in (None, "")}


def _own_params(field: BoundField, look: dict[str, Any], box: str) -> dict[str, Any]:
    """What only this kind of field has."""
    match kind(field):
        case "input":
            return {
                "value": _value(field),
                **_keyboard(field, look),
                **_chosen_looks(look, "width", "prefix", "suffix"),
            }
        case "password" | "file":
            return {}
        case "textarea":
            return {"value": _value(field), "rows": look["rows"]}
        case "date":
            return {"items": _date_items(field, box)}
        case "checkbox":
            # Its hint stands with its one box, and would be read out twice.
            return {"idPrefix": box, "hint": None, "items": [_single_checkbox(field, look)]}
        case _:
            return {"items": _items(field, look["conditional"]), **_chosen_looks(look, "inline", "small")}


def _text(words: Any) -> dict[str, str] | None:
    return {"text": str(words)} if words else None


def _error(field: BoundField) -> dict[str, str] | None:
    return {"text": str(field.errors[0]), "visuallyHiddenText": say("Error")} if field.errors else None


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(value)


def _chosen_looks(look: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: look[name] for name in names if look[name]}


def _keyboard(field: BoundField, look: dict[str, Any]) -> dict[str, Any]:
    """Numbers are typed in a text box with the number keys: a number box changes on a scroll wheel."""
    type_ = getattr(field.field.widget, "input_type", "text") or "text"
    if type_ != "number":
        return {"type": type_, "inputmode": look["inputmode"]}
    keys = "decimal" if isinstance(field.field, forms.DecimalField | forms.FloatField) else "numeric"
    return {"type": "text", "inputmode": look["inputmode"] or keys}


def _items(field: BoundField, conditional: dict[str, Any]) -> list[dict[str, Any]]:
    items = []
    for option in options(field):
        item: dict[str, Any] = {"value": option.value, "text": option.label, "checked": option.chosen}
        if kind(field) == "select":
            item = {"value": option.value, "text": option.label, "selected": option.chosen}
        if option.hint:
            item["hint"] = {"text": option.hint}
        if option.value in conditional:
            item["conditional"] = {"html": conditional[option.value]}
        items.append(item)
    return items


def _single_checkbox(field: BoundField, look: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": "on",
        "text": words(field, look["label"]),
        "hint": _text(look["hint"] or field.help_text) or {},
        "checked": field.value() in (True, "on", "true", "True"),
    }


def _date_items(field: BoundField, box: str) -> list[dict[str, Any]]:
    value = field.value()
    if not isinstance(value, list | tuple):
        value = field.field.widget.decompress(value)
    birthday = field.field.widget.attrs.get("autocomplete") == "bday"
    return [
        {
            "id": f"{box}_{part}",
            "name": f"{field.html_name}_{part}",
            "label": say(DATE_PARTS[part]),
            "value": "" if text is None else str(text),
            "width": width,
            "inputmode": "text" if part == "month" else "numeric",
            "autocomplete": f"bday-{part}" if birthday else "off",
        }
        for part, text, width in zip(("day", "month", "year"), value, (2, 3, 4), strict=True)
    ]
