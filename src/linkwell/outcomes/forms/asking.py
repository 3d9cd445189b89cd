"""A questionnaire as a form: one page, one tap for each question, and nothing that has to be answered."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import clock
from linkwell.kernel.tongue import say
from linkwell.measures.pack import Item, Pack
from linkwell.outcomes.details import Answered
from linkwell.outcomes.models import How, Occasion

NO_ANSWER = "none"
_PREFIX = "q_"


def question(item: Item) -> forms.TypedChoiceField:
    """Every answer there is, and not answering."""
    labels = item.labels or {}
    given = [(str(number), labels.get(number, str(number))) for number in range(item.lowest, item.highest + 1)]
    return forms.TypedChoiceField(
        label=item.words,
        choices=[*given, (NO_ANSWER, say("Would rather not say"))],
        coerce=lambda value: None if value == NO_ANSWER else int(value),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class QuestionsForm(PlainForm):
    """The questions of one questionnaire alone."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        self.pack = pack
        super().__init__(*args, **kwargs)
        for item in pack.items:
            self.fields[f"{_PREFIX}{item.code}"] = question(item)

    def questions(self) -> Iterator[tuple[Item, BoundField]]:
        return ((item, self[f"{_PREFIX}{item.code}"]) for item in self.pack.items)

    def answers(self) -> dict[str, int | None]:
        return {item.code: self.cleaned_data[f"{_PREFIX}{item.code}"] for item in self.pack.items}


def typed(answers: dict[str, int | None]) -> dict[str, str]:
    """Answers as the form holds them."""
    return {f"{_PREFIX}{code}": NO_ANSWER if value is None else str(value) for code, value in answers.items()}


class AskForm(QuestionsForm):
    """With how, when and on which occasion it was answered."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    occasion = forms.ChoiceField(label="When is this?", choices=Occasion.choices)
    how = forms.ChoiceField(
        label="How are they answering?",
        # Alone on a phone is what the link is for.
        choices=[each for each in How.choices if each[0] != How.ALONE],
        initial=How.ASKED,
    )
    proxy = forms.CharField(label="Who answers for them?", required=False, max_length=120)
    answered_on = DateBoxesField(label="Which day was it answered?", required=False, help_text="Leave empty for today.")

    def given(self) -> Answered:
        data = self.cleaned_data
        return Answered(
            pack=self.pack.name,
            occasion=data["occasion"],
            how=data["how"],
            answers=self.answers(),
            answered_on=data["answered_on"] or clock.today(),
            proxy=data["proxy"],
        )


class CorrectForm(AskForm):
    """The same again, with what was wrong. Answers that came by a link stay answers that came by a link."""

    reason = forms.CharField(label="What was wrong?", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = How.choices  # type: ignore[attr-defined]
