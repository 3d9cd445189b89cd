"""Asking for help without an account. Nothing is kept until the last button is pressed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from linkwell.accounts.queries import TeamRow, rules, team_by_slug, teams_for_age, teams_taking_referrals
from linkwell.accounts.scopes import public_scope
from linkwell.core.plain_forms import PlainForm
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.kernel.tongue import say
from linkwell.referrals import actions, asking, carried, presenters, queries, throttle
from linkwell.referrals.carried import Carried, Unreadable
from linkwell.referrals.forms.ask import BY_NAME, AskStep
from linkwell.referrals.wait_words import wait_words

TRAP = "website"
# Pages with a box for free words.
FREE_WORDS = ("help", "safe", "second")


def teams(request: HttpRequest) -> HttpResponse:
    """Where are you? One link for each team that takes requests from the public."""
    return render(request, "referrals/ask_teams.jinja", {"teams": teams_taking_referrals(self_only=True)})


# Nobody is signed in here, so there is nothing to forge; and so the form leaves no cookie on a shared computer.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole form: each page sends the answers so far along with its own."""
    team = team_by_slug(slug)
    if not team.takes_self_referrals:
        raise NotFound("We could not find that.")
    if request.method == "GET":
        return _start(request, team)
    try:
        so_far = carried.opened(slug, request.POST.get("carried", ""))
    except Unreadable:
        return _start(request, team, lost=True)
    return _go_on(request, team, so_far)


def _start(request: HttpRequest, team: TeamRow, so_far: Carried | None = None, *, lost: bool = False) -> HttpResponse:
    page = {
        "carried": (so_far or Carried()).sealed(team.slug),
        "read_by": _read_by(team),
        "so_far": request.method == "POST" and not lost,
        "team": team,
        "lost": lost,
        "wait": _wait(team),
    }
    return render(request, "referrals/ask_start.jinja", page, status=400 if lost else 200)


def _go_on(request: HttpRequest, team: TeamRow, so_far: Carried) -> HttpResponse:
    go = request.POST.get("go", "on")
    step = BY_NAME.get(request.POST.get("step", ""))
    if step is not None:
        so_far = so_far.with_step(step.name, asking.typed(step, request.POST))
    if go == "send":
        return _send(request, team, so_far)
    if go == "stay" and step is not None:
        return _step(request, team, so_far, step, form=asking.unchecked(step, so_far))
    if go == "stay" and not so_far.steps:
        return _start(request, team, so_far)
    if go.startswith("change-") and go.removeprefix("change-") in BY_NAME:
        return _step(request, team, so_far, BY_NAME[go.removeprefix("change-")])
    if go == "back" and step is not None:
        before = asking.step_before(step, so_far)
        return _step(request, team, so_far, before) if before else _start(request, team, so_far)
    if step is not None and not asking.bound(step, so_far).is_valid():
        return _step(request, team, so_far, step, status=422)
    if asking.outside_ages(so_far, rules(team.id)):
        return _not_our_age(request, team, so_far)
    after = asking.first_unanswered(so_far)
    if after is None:
        return _check(request, team, so_far)
    # Help is shown on the page that follows the words; on every page it would be in the way of answering.
    return _step(request, team, so_far, after, help_first=step is not None and step.name in FREE_WORDS)


def _step(
    request: HttpRequest,
    team: TeamRow,
    so_far: Carried,
    step: AskStep,
    *,
    status: int = 200,
    help_first: bool = False,
    form: PlainForm | None = None,
) -> HttpResponse:
    answers = asking.answers(so_far)
    heading, hint = step.words(answers)
    if form is None:
        form = asking.bound(step, so_far) if status == 422 else asking.shown(step, so_far)
    page = {"step": step, "form": form, "heading": heading, "hint": hint, "number": asking.number_of(step, so_far)}
    if not help_first:
        page["urgent"] = []
    return _render(request, "referrals/ask_step.jinja", team, so_far, page, status)


def _check(request: HttpRequest, team: TeamRow, so_far: Carried, *, status: int = 200) -> HttpResponse:
    page = {"summary": asking.summary(so_far), "trap": TRAP, "read_by": _read_by(team), "second": asking.second(so_far)}
    return _render(request, "referrals/ask_check.jinja", team, so_far, page, status)


def _not_our_age(request: HttpRequest, team: TeamRow, so_far: Carried) -> HttpResponse:
    """A kind no before anything is sent, with where to turn."""
    age = words.age(asking.answers(so_far)["date_of_birth"])
    page = {
        "ages": rules(team.id).ages_words,
        "others": [row for row in teams_for_age(age, self_only=True) if row.id != team.id],
        "young": age < 19,
        "urgent": [],
    }
    return _render(request, "referrals/ask_age.jinja", team, so_far, page, 200)


def _send(request: HttpRequest, team: TeamRow, so_far: Carried) -> HttpResponse:
    missing = asking.first_unanswered(so_far)
    if missing is not None:
        return _step(request, team, so_far, missing, status=422)
    if asking.outside_ages(so_far, rules(team.id)):
        return _not_our_age(request, team, so_far)
    if request.POST.get(TRAP):
        # Only a program fills in a box that nobody can see.
        raise Invalid({"": say("We could not take this. Please phone us instead.")})
    throttle.count_one(request, team)
    details = asking.details(so_far)
    second = asking.second(so_far)
    reference = actions.receive_from_public(
        scope=public_scope(team), team=team, submission_key=so_far.key, details=details, second=second
    )
    kinds = [kind.value for kind in reference.dangers]
    page = {
        "team": team,
        "reference": reference.reference,
        "carried": so_far.sealed(team.slug),
        "read_by": presenters.written_moment(reference.read_by),
        "urgent": presenters.urgent_help(kinds, to_person=details.source == "self"),
        "other": details.source == "relative",
        "phone_is_safe": details.safe_phone is not False,
        "wait": _wait(team),
        "second": second,
    }
    return render(request, "referrals/ask_done.jinja", page)


def _render(
    request: HttpRequest, template: str, team: TeamRow, so_far: Carried, page: dict[str, Any], status: int
) -> HttpResponse:
    answers = asking.answers(so_far)
    common = {
        "team": team,
        "carried": so_far.sealed(team.slug),
        "other": answers.get("who") == "other",
        "urgent": presenters.urgent_in(asking.free_words(answers), to_person=answers.get("who") != "other"),
    }
    return render(request, template, common | page, status=status)


def _wait(team: TeamRow) -> str:
    return wait_words(queries.expected_wait(public_scope(team), team.id), rules(team.id))


def _read_by(team: TeamRow) -> str:
    return presenters.read_by_words(team, clock.now())
