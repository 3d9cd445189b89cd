"""Every page component on one page, shown from memory: for looking at, and for the component tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import jinja2
from django import forms
from markupsafe import Markup
from playwright.sync_api import Page, Route

from linkwell.core import assets
from linkwell.core.jinja import environment
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import AnswerButtons, Chips, DateBoxesField, TelephoneInput, TenDotsField
from linkwell.kernel.pages import Page as ListPage

# A browser treats localhost as safe enough for encryption; nothing listens there, every answer is ours.
HOME = "http://localhost:1"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'"
)
NEEDS = [("lonely", "Lonely"), ("money", "Money"), ("housing", "Housing"), ("bereaved", "Bereaved"), ("carer", "Carer")]
SIGNED_IN = {
    "name": "Asha Patel",
    "organisation": "Riverside Link Workers",
    "role": "Link worker",
    "switch_url": "/switch/",
    "sign_out_url": "/sign-out/",
    "home_url": "/",
    "mark": "asha",
}
NAV = [
    {"label": label, "url": f"/{label.lower()}/", "current": label == "Today", "count": count}
    for label, count in (("Today", 0), ("Referrals", 3), ("People", 0), ("Find a service", 0), ("Tasks", 12))
]


class EveryField(PlainForm):
    """One field of each kind."""

    name = forms.CharField(label="Full name", help_text="As they like to be called", max_length=60)
    email = forms.EmailField(label="Email address", required=False)
    phone = forms.CharField(label="Phone number", widget=TelephoneInput(attrs={"autocomplete": "tel"}))
    hours = forms.IntegerField(label="Hours a week", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    why = forms.CharField(label="What would help?", widget=forms.Textarea)
    born = DateBoxesField(label="Date of birth", help_text="For example, 27 3 1964")
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), ("n", "North"), ("s", "South & coast")])
    knows = forms.ChoiceField(
        label="Do they know, and agree?", choices=[("y", "Yes"), ("n", "Not yet")], widget=forms.RadioSelect
    )
    access = forms.MultipleChoiceField(
        label="What makes it work?",
        choices=[("step", "Step-free"), ("interpreter", "Interpreter")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="I have told them what happens next")
    sure = TenDotsField(label="How sure are you, as things are now?", low="not at all sure", high="completely sure")
    needs = forms.MultipleChoiceField(label="What is going on?", choices=NEEDS, widget=Chips)
    answer = forms.ChoiceField(
        label="Can you help?",
        choices=[
            ("yes", "Yes"),
            ("wait", "Waiting list"),
            ("no", "We cannot help this time"),
            ("ask", "Ask a question"),
        ],
        widget=AnswerButtons,
    )
    key = forms.CharField(widget=forms.HiddenInput, initial="k1")


class Reason(PlainForm):
    reason = forms.CharField(label="Why is this right?", widget=forms.Textarea)


@dataclass(frozen=True)
class Person:
    name: str = "Margaret O’Neill"
    also: str = "Peggy"
    facts: tuple[str, ...] = ("82", "she/her", "born 3 March 1944", "NHS number 999 000 0018")
    reach: tuple[str, ...] = ("Phone 07700 900123, mornings", "Leave no message", "No letters")
    needs: tuple[str, ...] = ("Interpreter: Bengali", "Step-free way in", "Large print")
    safety: tuple[str, ...] = ("Visit in pairs.", "Never phone the landline.")
    url: str = "/people/1/"
    more: dict[str, str] = field(default_factory=dict)


BODY = """
{% extends "core/layout.jinja" %}
{% import "core/forms.jinja" as forms %}{% import "core/person.jinja" as people %}
{% import "core/lists.jinja" as lists %}{% import "core/panels.jinja" as panels %}
{% block page_title %}Components{% endblock %}{% block width %}lw-wide{% endblock %}
{% block breadcrumbs %}{{ furniture.breadcrumbs([{"label": "People", "url": "/people/"}]) }}{% endblock %}
{% block content %}
{{ people.banner(person, actions=[{"label": "Write up", "url": "#"}, {"label": "Refer onward", "url": "#"}], looked_url="#") }}
{{ people.banner(person, compact=true, level=2) }}
{{ people.own_words("What matters to me", "My garden, and seeing Tom on Sundays.\\nNot being a bother.", "Said to Asha on 2 March", "#") }}
<h2 class="nhsuk-heading-m">Lists</h2>
{{ lists.summary_cards([
  {"value": 12, "label": "people waiting", "url": "#", "words": "longest 19 days"},
  {"value": 3, "label": "overdue", "url": "#", "tone": "attention"},
  {"value": 1, "label": "needs someone today", "url": "#", "tone": "urgent"},
  {"value": "2 of 5", "label": "answers came in overnight"}]) }}
{{ lists.filters([{"label": "Everything", "url": "#", "current": true, "count": 41}, {"label": "Conversations", "url": "#", "current": false, "count": 9}, {"label": "Letters", "url": "#", "current": false}]) }}
{{ lists.table("Referrals waiting", ["Person", "Needs", {"label": "Waiting", "numeric": true}, "State"], rows) }}
{{ lists.pager(list_page, "referral", query="state=open") }}
{{ lists.empty("No one is waiting", "Referrals arrive here from practices, wards and people who ask for help themselves.", "Add a referral", "#") }}
<h3 class="nhsuk-heading-s">Timeline</h3>
{{ lists.timeline([
  {"when": "Today, 10:40am", "kind": "Conversation", "title": "Talked by phone", "url": "#", "own": "I would like to get out of the house again.", "who": "Asha Patel"},
  {"when": "Monday 2 March", "kind": "Safety", "title": "Visit in pairs", "tone": "safety", "body": "Until the dog is rehomed."},
  {"when": "Friday 27 February", "title": "Referral received", "who": "Riverside Surgery"}], level=4) }}
{{ lists.facts([{"label": "Address", "value": "1 High Street\\nRivertown", "url": "#"}, {"label": "Born", "value": ""}]) }}
{{ lists.progress([{"label": "Referred", "state": "done", "words": "3 March"}, {"label": "First conversation", "state": "now"}, {"label": "Plan agreed", "state": "later"}]) }}
<p>{{ lists.tag("New", "new") }} {{ lists.tag("Waiting 12 days", "waiting") }} {{ lists.tag("In progress", "going") }} {{ lists.tag("Went along", "done") }} {{ lists.tag("Overdue", "attention") }} {{ lists.tag("Today", "urgent") }} {{ lists.tag("Closed", "closed") }}</p>
<h2 class="nhsuk-heading-m">Panels</h2>
{{ panels.load_bar(31, 40, "31 of 40 places: room for about 4 more people", "Asha Patel") }}
{{ panels.load_bar(44, 40, "44 of 40 places: over full", "Sam Green") }}
{{ panels.dots(7, "How sure I am", before=4) }}{{ panels.dots(none, "How important") }}
{{ panels.compare("The plan, now and before", "Version 2 (now)", "Version 1", [{"label": "Goal", "left": "Go to the lunch club", "right": "Get out more"}, {"label": "Who helps", "left": "Tom", "right": "Tom"}]) }}
{{ panels.conflict("Sam Green", "at 2:03pm", [{"label": "What would help", "theirs": "Lunch club on Tuesdays", "yours": "Lunch club, if there is a lift"}], "#") }}
{{ panels.thread([{"who": "Lunch club", "when": "Monday, 9am", "body": "Does she need a lift?", "mine": false}, {"who": "You", "when": "Monday, 9:20am", "body": "Yes please.", "mine": true, "state": "Sent"}]) }}
{{ panels.answer_links([{"label": "Yes, we can help", "hint": "You will be asked for a date", "url": "#", "tone": "yes"}, {"label": "Waiting list", "url": "#"}, {"label": "We can’t help this time", "url": "#", "tone": "no"}, {"label": "Ask a question", "url": "#"}]) }}
{{ panels.done("Referral sent", "It will be read by 5pm on Tuesday 3 March.", "LW-4821") }}
{{ panels.urgent_help(lines=["Phone 999.", "To talk to someone day or night, phone 116 123."]) }}
<h2 class="nhsuk-heading-m">A form</h2>
{% call forms.page(form, "", "", draft_url="/draft/", cancel_url="/back/") %}
{{ forms.fields(form) }}
{% endcall %}
{% endblock %}
"""
QUESTION = """
{% extends "core/public_layout.jinja" %}{% import "core/forms.jinja" as forms %}
{% block page_title %}Your answers{% endblock %}
{% block back %}{{ furniture.back_link("/back/") }}{% endblock %}
{% block content %}{% call forms.page(form, "", "") %}{{ forms.field(form["needs"], heading=true, size="l", hint="Tap all that fit.") }}{% endcall %}{% endblock %}
"""
CONFIRM = """
{% extends "core/layout.jinja" %}{% import "core/panels.jinja" as panels %}{% block page_title %}Close{% endblock %}
{% block back %}{{ furniture.back_link("/back/") }}{% endblock %}
{% block content %}{{ panels.confirm(reason, "", "Stop sharing with the lunch club?", ["They will no longer see this person.", "What they already know stays with them."], "Stop sharing", "/back/") }}{% endblock %}
"""


def page_environment() -> jinja2.Environment:
    """The environment the product uses."""
    return environment()


def rows() -> list[list[Any]]:
    tag = page_environment().get_template("core/lists.jinja").module
    return [
        [Markup('<a href="/r/{}/">{}</a>').format(n, name), needs, waits, tag.tag("New", "new")]  # type: ignore[attr-defined]
        for n, name, needs, waits in (
            (1, "Margaret O’Neill", "Lonely, bereaved", "19 days"),
            (2, "<Robert'); DROP>", "Money", "3 days"),
        )
    ]


def context(form: forms.Form) -> dict[str, Any]:
    """What a view and the context processors would give."""
    return {
        "signed_in": SIGNED_IN,
        "nav": NAV,
        "demo": True,
        "csrf_input": "",
        "csrf_token": "token",
        "messages": [{"level_tag": "success", "message": "Saved. The plan is agreed."}],
        "person": Person(),
        "form": form,
        "reason": Reason({}),
        "rows": rows(),
        "list_page": ListPage(tuple(range(20)), 2, 20, True, 53),
    }


def render(body: str, form: forms.Form | None = None) -> str:
    """A gallery page as HTML."""
    return page_environment().from_string(body).render(context(form or EveryField()))


def show(page: Page, html: str, address: str = "/gallery/") -> None:
    """Open this HTML with the built assets, under the policy the product is served with."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path.startswith("/static/build/"):
            name = path.removeprefix("/static/build/")
            route.fulfill(path=assets.BUILD_FOLDER / name, content_type=TYPES[name.rsplit(".", 1)[-1]])
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    page.route(f"{HOME}/**", answer)
    page.goto(HOME + address)
