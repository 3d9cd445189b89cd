"""If these fail, a page breaks or shows somebody's text as if it were ours."""

import jinja2
import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import engines

from linkwell.core.plain_forms import PlainForm
from linkwell.web.tests import gallery

NASTY = "<img src=x onerror=alert(1)>\"'&"
PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "429.html", "500.html", "503.html"]


@pytest.fixture(scope="module")
def env() -> jinja2.Environment:
    return gallery.page_environment()


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_needs_nothing_to_be_drawn(env: jinja2.Environment, name: str) -> None:
    page = BeautifulSoup(env.get_template(name).render(), "html.parser")

    assert page.h1 is not None
    assert page.main is not None
    assert page.main.find("a") is not None


@pytest.mark.fault("F14")
def test_refused_and_absent_look_the_same(env: jinja2.Environment) -> None:
    assert env.get_template("403.html").render() == env.get_template("404.html").render()


def test_a_value_a_template_was_not_given_is_an_error_not_a_gap(env: jinja2.Environment) -> None:
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ person.name }}").render()


def test_the_nhs_components_accept_what_is_left_out(env: jinja2.Environment) -> None:
    template = '{% from "nhsuk/components/button/macro.jinja" import button %}{{ button({"text": "Go"}) }}'

    assert "Go" in env.from_string(template).render()


@pytest.mark.fault("F27")
@pytest.mark.parametrize("field", sorted(gallery.EveryField.base_fields))
def test_nothing_typed_becomes_markup(field: str) -> None:
    form = gallery.EveryField(dict.fromkeys(gallery.EveryField.base_fields, NASTY))

    html = gallery.page_environment().from_string(
        '{% import "core/forms.jinja" as forms %}{{ forms.errors(form) }}{{ forms.field(form[name]) }}'
    ).render(form=form, name=field)  # fmt: skip

    assert "<img" not in html


@pytest.mark.fault("F27")
def test_no_component_shows_a_name_as_markup(env: jinja2.Environment) -> None:
    person = gallery.Person(name=NASTY, also=NASTY, facts=(NASTY,), reach=(NASTY,), needs=(NASTY,), safety=(NASTY,))
    entry = {"when": NASTY, "title": NASTY, "body": NASTY, "own": NASTY, "who": NASTY, "kind": NASTY, "url": NASTY}
    message = {"who": NASTY, "when": NASTY, "body": NASTY, "mine": False, "state": NASTY}
    template = env.from_string("""
        {% import "core/person.jinja" as people %}{% import "core/lists.jinja" as lists %}
        {% import "core/panels.jinja" as panels %}{% import "core/furniture.jinja" as furniture %}
        {{ people.banner(person) }}{{ people.own_words(n, n, n) }}{{ lists.timeline([entry]) }}
        {{ lists.table(n, [n, n], [[n, n]]) }}{{ lists.empty(n, n, n, n) }}{{ lists.facts([{"label": n, "value": n}]) }}
        {{ lists.summary_cards([{"value": n, "label": n}]) }}{{ lists.tag(n) }}{{ panels.thread([message]) }}
        {{ panels.conflict(n, n, [{"label": n, "theirs": n, "yours": n}]) }}{{ panels.done(n, n, n) }}
        {{ panels.compare(n, n, n, [{"label": n, "left": n, "right": n}]) }}{{ panels.load_bar(1, 2, n, n) }}
        {{ panels.urgent_help(n, [n]) }}{{ panels.answer_links([{"label": n, "url": n}]) }}
        {{ furniture.flash_messages([{"level_tag": "error", "message": n}]) }}{{ furniture.back_link(n) }}
    """)

    html = template.render(person=person, entry=entry, message=message, n=NASTY)

    assert "<img" not in html
    assert not [tag for tag in BeautifulSoup(html, "html.parser").find_all(True) if tag.has_attr("onerror")]


def test_a_person_nobody_has_asked_is_phone_only(env: jinja2.Environment) -> None:
    template = env.from_string('{% import "core/person.jinja" as people %}{{ people.banner(person) }}')

    assert "phone only, leave no message" in template.render(person=gallery.Person(reach=()))


def test_no_page_carries_a_script_or_style_of_its_own() -> None:
    page = BeautifulSoup(gallery.render("every"), "html.parser")

    assert [tag for tag in page.find_all("script") if not tag.get("src")] == []
    assert page.find_all("style") == []
    assert page.find_all(style=True) == []
    assert [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")] == []


def test_a_public_page_says_nothing_in_its_title_and_can_be_left() -> None:
    page = BeautifulSoup(gallery.render("question"), "html.parser")
    leave = page.find("a", string="Leave this page now")

    assert page.title is not None
    assert page.title.string == "Your answers"
    assert leave is not None
    assert leave["href"] == "https://www.bbc.co.uk/weather"
    assert "noreferrer" in leave["rel"]
    assert page.find("nav", attrs={"aria-label": "Menu"}) is None


def test_every_id_on_a_page_is_used_once() -> None:
    page = BeautifulSoup(gallery.render("every", gallery.EveryField({})), "html.parser")
    ids = [tag["id"] for tag in page.find_all(id=True)]

    assert sorted(ids) == sorted(set(ids))
    for link in page.select(".nhsuk-error-summary a"):
        assert str(link["href"])[1:] in ids


def test_django_finds_our_pages_first() -> None:
    assert engines.all()[0].get_template("core/layout.jinja").render({})


class Conditional(PlainForm):
    knows = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect, label="Do they know?")


def test_a_question_that_depends_on_another_is_there_without_javascript(env: jinja2.Environment) -> None:
    template = env.from_string(
        '{% import "core/forms.jinja" as forms %}{{ forms.field(form["knows"], conditional={"n": more}) }}'
    )

    html = template.render(form=Conditional(), more="<p>Why not?</p>")

    assert "<p>Why not?</p>" in html
