"""The steps of a protocol, giving one up, and the list of who opted out."""

from typing import Any
from uuid import uuid4

from django import forms

from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.evaluations.details import Choices, Comparison, EvaluationRow, Outcome, Population, Question, Step
from linkwell.evaluations.models import Basis, DesignKind

LARGEST_FILE = 32 * 1024 * 1024


class StepForm(PlainForm):
    """One step: starts from what is written already, and gives what was typed as a step."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, row: EvaluationRow | None = None, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.now(row) | {"version": row.version} if row else None, **kwargs)
        self.choose(choices)

    def choose(self, choices: Choices) -> None:
        """Put what can be chosen here into the fields."""

    def now(self, row: EvaluationRow) -> dict[str, Any]:
        raise NotImplementedError

    def step(self) -> Step:
        raise NotImplementedError


class QuestionForm(StepForm):
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    question = forms.CharField(
        label="What do you ask?",
        max_length=300,
        help_text="For example, “Do people of our team say they are more satisfied after support than before?”",
    )
    starts_on = DateBoxesField(label="First day of the window", help_text="Nothing before it is counted")
    ends_on = DateBoxesField(label="Last day of the window", help_text="It can be run from the day after")
    minimum_n = forms.IntegerField(
        label="How many at least?",
        min_value=1,
        max_value=1_000_000,
        help_text="People with two scores, pairs of people or months. With fewer, no answer is given",
    )
    basis = forms.ChoiceField(label="On what basis are records used?", choices=Basis.choices, widget=forms.RadioSelect)
    approved_by = forms.CharField(
        label="Who approved it?",
        max_length=120,
        help_text="A role or a committee, such as “Information governance lead”",
    )
    approved_on = DateBoxesField(label="Approved on")

    def now(self, row: EvaluationRow) -> dict[str, Any]:
        given = row.question
        return {name: getattr(given, name) for name in Question.__dataclass_fields__}

    def step(self) -> Question:
        return Question(**{name: self.cleaned_data[name] for name in Question.__dataclass_fields__})


class WhoForm(StepForm):
    who = forms.ChoiceField(label="Whom is it about?", widget=forms.RadioSelect)
    population = forms.CharField(
        label="In your own words",
        max_length=300,
        help_text="For example, “Everybody our team first spoke with in the window”",
    )

    def choose(self, choices: Choices) -> None:
        _offer(self, "who", choices.who)

    def now(self, row: EvaluationRow) -> dict[str, Any]:
        given = row.population
        return {"who": f"{given.who}:{given.which}", "population": given.population}

    def step(self) -> Population:
        who, _, which = self.cleaned_data["who"].partition(":")
        return Population(who, which, self.cleaned_data["population"])


class ComparedForm(StepForm):
    design = forms.ChoiceField(label="Compared with whom?", widget=forms.RadioSelect)
    comparison = forms.CharField(
        label="In your own words",
        max_length=300,
        help_text="For example, “The same people when support began”",
    )
    began_on = DateBoxesField(
        label="When did it begin?", required=False, help_text="Only for month by month: the day support began here"
    )

    def choose(self, choices: Choices) -> None:
        _offer(self, "design", choices.designs)
        if DesignKind.ITS not in {each.value for each in choices.designs}:
            del self.fields["began_on"]

    def now(self, row: EvaluationRow) -> dict[str, Any]:
        given = row.comparison
        return {"design": given.design, "comparison": given.comparison, "began_on": given.began_on}

    def step(self) -> Comparison:
        given = self.cleaned_data
        return Comparison(given["design"], given["comparison"], given.get("began_on"))


class OutcomeForm(StepForm):
    outcome = forms.ChoiceField(label="What will you count?", widget=forms.RadioSelect)

    def choose(self, choices: Choices) -> None:
        _offer(self, "outcome", choices.outcomes)

    def now(self, row: EvaluationRow) -> dict[str, Any]:
        return {"outcome": f"{row.outcome.counted}:{row.outcome.score}"}

    def step(self) -> Outcome:
        counted, _, score = self.cleaned_data["outcome"].partition(":")
        return Outcome(counted, score)


class EndForm(PlainForm):
    to = forms.ChoiceField(label="What becomes of it?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=600, widget=forms.Textarea)

    def __init__(self, *args: Any, draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = [("refused", "The data cannot answer it"), ("abandoned", "It is given up")]
        _listed(self, "to", [("dropped", "The draft is thrown away")] if draft else fixed)


class OptOutForm(PlainForm):
    file = forms.FileField(label="The list", help_text="A text or CSV file with one NHS number a line")
    as_at = DateBoxesField(label="Day of the list")

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 32 MB")
        try:
            return bytes(file.read()).decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError("The file is not a text file in UTF-8") from None


STEPS: dict[str, type[StepForm]] = {
    "question": QuestionForm,
    "who": WhoForm,
    "compared": ComparedForm,
    "outcome": OutcomeForm,
}


def _offer(form: PlainForm, name: str, choices: Any) -> None:
    _listed(form, name, [(each.value, each.words) for each in choices])


def _listed(form: PlainForm, name: str, pairs: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the types)
    field.choices = pairs
