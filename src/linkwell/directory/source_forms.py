"""What is asked of whoever keeps the directory about its feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.directory.actions.sources import EVERY
from linkwell.directory.twice_presenters import Compared
from linkwell.interop.openreferral import Columns, column_words, columns_from

BY_HAND = "0"


class ScheduleForm(PlainForm):
    """How often a feed is fetched."""

    every = forms.ChoiceField(
        label="How often should it be fetched?",
        choices=[
            (BY_HAND, "Only when somebody asks"),
            *((str(hours), words.capitalize()) for hours, words in EVERY.items()),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def hours(self) -> int | None:
        return int(self.cleaned_data["every"]) or None


class SourceForm(ScheduleForm):
    """A new feed."""

    name = forms.CharField(label="What is it called?", max_length=200)
    location = forms.CharField(
        label="Web address of the feed", max_length=500, help_text="Open Referral UK, HSDS, or a table as CSV"
    )
    field_order = ("name", "location", "every")


class PairForm(forms.Form):
    """Of each line in which two listings differ, whose words hold once they are one."""

    def __init__(self, data: Any, lines: Sequence[Compared]) -> None:
        super().__init__(data)
        for line in lines:
            if line.differs:
                self.fields[line.key] = forms.ChoiceField(
                    label=line.label,
                    choices=[("kept", line.kept), ("other", line.other)],
                    initial=line.better,
                    widget=forms.RadioSelect,
                    error_messages={"required": f"Choose whose words hold: {line.label.lower()}"},
                )

    def taken(self) -> list[str]:
        """The lines in which the other listing's words hold."""
        return [key for key, chosen in self.cleaned_data.items() if chosen == "other"]


class OtherForm(forms.Form):
    """The listing that was chosen as the same one."""

    other = forms.UUIDField()


class ColumnsForm(forms.Form):
    """Which column of each table says what. One choice for each of our words."""

    def __init__(
        self, data: Any, headings: Mapping[str, Sequence[str]], columns: Mapping[str, Mapping[str, Sequence[str]]]
    ) -> None:
        super().__init__(data)
        self._kept = columns
        for table, named in headings.items():
            for role, meaning in column_words(table).items():
                chosen = columns.get(table, {}).get(role, ())
                self.fields[f"{table}-{role}"] = forms.ChoiceField(
                    label=f"{meaning.capitalize()} ({table})",
                    choices=[("", "Not in the table"), *((each, each) for each in named)],
                    initial=chosen[0] if chosen else "",
                    required=False,
                    error_messages={"invalid_choice": "Choose a column from the list"},
                )

    def columns(self) -> Columns:
        """What was chosen. Where nothing was changed, further columns that say the same stay."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, chosen in self.cleaned_data.items():
            table, role = name.split("-", 1)
            kept = list(self._kept.get(table, {}).get(role, ()))
            if chosen:
                found.setdefault(table, {})[role] = kept if kept[:1] == [chosen] else [chosen]
        return columns_from(found)
