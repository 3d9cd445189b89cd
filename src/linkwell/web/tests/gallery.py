"""Every page component on one page, shown from memory: for looking at, and for the component tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
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
PAGES = Path(__file__).with_name("gallery_pages")
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
    died: str = ""
    young: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)


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


def render(name: str, form: forms.Form | None = None) -> str:
    """A gallery page as HTML: "every", "question" or "confirm"."""
    body = (PAGES / f"{name}.jinja").read_text()
    return page_environment().from_string(body).render(context(form or EveryField()))


def show(page: Page, html: str, address: str = "/gallery/") -> None:
    """Open this HTML with the built assets, under the policy the product is served with."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if path == "/draft/":
            # Left to the test that opened the form, so that a save on leaving is answered as it was told.
            route.fallback()
        elif path.startswith("/static/build/"):
            name = path.removeprefix("/static/build/")
            route.fulfill(path=assets.BUILD_FOLDER / name, content_type=TYPES[name.rsplit(".", 1)[-1]])
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    page.route(f"{HOME}/**", answer)
    page.goto(HOME + address)
