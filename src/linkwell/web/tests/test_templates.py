"""Lints over every template of the product. Each says what to do instead."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from linkwell.core.jinja import template_folders
from linkwell.web.tests import gallery

OUTSIDE_ALLOWED = {"https://www.bbc.co.uk/weather"}
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
PHRASE = re.compile(r'"([^"]* [^"]*)"')
TAG = re.compile(r"<[^>]*>", re.DOTALL)
RULES = {
    "no script of its own: put it in web/static_src/scripts": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "no event handler in the page: listen for it in web/static_src/scripts": re.compile(
        r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE
    ),
    "no style in the page: add a class in web/static_src/styles": re.compile(
        r"<style|<[a-z][^>]*\sstyle\s*=", re.IGNORECASE
    ),
    "nothing marked safe: pass words, or build markup with a macro": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "no hx-on: it needs eval, which the policy forbids": re.compile(r"\shx-on|\shx-vals\s*=\s*['\"]js:"),
}
FORBIDDEN = re.compile(
    r"\b(scope|outbox|parked|findings|worklist|refused|failed to engage|repeat attender|frequent (?:attender|flyer)"
    r"|frequently attend\w*|high intensity|non-compliant|hard to reach)\b",
    re.IGNORECASE,
)


def templates() -> Iterator[Path]:
    for folder in template_folders():
        yield from sorted(path for path in folder.rglob("*") if path.suffix in {".jinja", ".html"})


def name(path: Path) -> str:
    return "/".join(path.parts[path.parts.index("templates") + 1 :])


def shown_words(source: str) -> str:
    """The words of a template as somebody reads them: its text, and the phrases it hands to macros."""
    bare = COMMENT.sub("", source)
    phrases = [phrase for part in JINJA.findall(bare) for phrase in PHRASE.findall(part)]
    return " ".join([TAG.sub(" ", JINJA.sub(" ", bare)), *phrases])


def broken_rules(source: str) -> list[str]:
    bare = COMMENT.sub("", source)
    found = [rule for rule, pattern in RULES.items() if pattern.search(bare)]
    outside = set(re.findall(r"""(?:src|href|action)\s*=\s*["'](https?://[^"']+|//[^"']+)""", bare)) - OUTSIDE_ALLOWED
    return found + [f"no address outside: {address}" for address in sorted(outside)]


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_is_well_formed_and_keeps_the_rules(path: Path) -> None:
    gallery.page_environment().get_template(name(path))

    assert broken_rules(path.read_text()) == []


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_page_uses_a_word_that_is_never_shown(path: Path) -> None:
    assert FORBIDDEN.findall(shown_words(path.read_text())) == []


def test_no_two_apps_use_one_template_name() -> None:
    names = [name(path) for path in templates()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "bad",
    [
        "<script>go()</script>",
        "<a href='#' onclick='go()'>x</a>",
        "<p style='color:red'>x</p>",
        "{{ words | safe }}",
        "<img src='https://example.org/x.png'>",
        "<a href='//example.org/'>x</a>",
        "<div hx-on:click='go()'>x</div>",
    ],
)
def test_the_lint_sees_what_it_should(bad: str) -> None:
    assert broken_rules(bad)


def test_the_lint_leaves_good_templates_alone() -> None:
    good = '{# never style="x" #}<script src="{{ asset("linkwell.js") }}"></script><a href="{{ url("x") }}">Go on</a>'

    assert broken_rules(good) == []
    assert FORBIDDEN.findall(shown_words("{{ scope }}<p>We lost touch</p>")) == []
    assert FORBIDDEN.findall(shown_words('{{ tag("Was refused", "scope") }}')) == ["refused"]
    assert FORBIDDEN.findall(shown_words("<p>Failed to engage</p>")) == ["Failed to engage"]


def test_a_macro_that_is_not_there_is_noticed() -> None:
    with pytest.raises(jinja2.TemplateError):
        gallery.page_environment().from_string('{% import "core/none.jinja" as none %}').render()
