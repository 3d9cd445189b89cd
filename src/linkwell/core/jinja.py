"""The Jinja2 environment behind every page.

Used by Django's own Jinja2 backend. Our templates must name only what they were given
(``StrictUndefined``); the NHS components are written for optional values, so they alone are
compiled in an environment where a missing value is simply empty.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import jinja2
from django.apps import apps
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from linkwell.core import assets, formfields
from linkwell.core.addresses import address_by_names
from linkwell.kernel import tongue, words

OWN_PACKAGE = "linkwell."
FILTERS: dict[str, Callable[..., str | int]] = {
    "written_date": words.written_date,
    "short_date": words.short_date,
    "written_time": words.written_time,
    "written_datetime": words.written_datetime,
    "waiting": words.waiting,
    "ago": words.ago,
    "age": words.age,
    "number_word": words.number_word,
    "joined": words.joined,
    # Jinja's own makes every other letter small: "Sunday 29 november".
    "capitalize": words.sentence,
}


class NhsComponents(jinja2.PackageLoader):
    """The NHS page components, compiled so that an option not given is empty."""

    def __init__(self) -> None:
        super().__init__("nhsuk_frontend_jinja")
        self._forgiving: jinja2.Environment | None = None

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if self._forgiving is None:
            self._forgiving = environment.overlay(undefined=jinja2.ChainableUndefined)
        return super().load(self._forgiving, name, globals)


def template_folders() -> list[Path]:
    """The ``templates/`` folder of each of our installed apps, lowest layer first.

    Packages of others keep theirs in Django's language and are left to the other backend.
    """
    folders = (
        Path(config.path) / "templates" for config in apps.get_app_configs() if config.name.startswith(OWN_PACKAGE)
    )
    return [folder for folder in folders if folder.is_dir()]


def page_loader(folders: list[Path]) -> jinja2.BaseLoader:
    """Find a template in these folders, then among the NHS components."""
    return jinja2.ChoiceLoader([jinja2.FileSystemLoader(folders), NhsComponents()])


def url(name: str, /, *args: object, **kwargs: object) -> str:
    """The address of a named page: ``url("people:person", person_id=person.id)``."""
    if kwargs and not args and all(type(value) is UUID for value in kwargs.values()):
        return address_by_names(name, cast(dict[str, UUID], kwargs))
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment; the value of ``OPTIONS["environment"]`` in settings."""
    options.update(autoescape=True, undefined=jinja2.StrictUndefined)
    options["loader"] = page_loader(template_folders())
    options["extensions"] = ["jinja2.ext.do", "jinja2.ext.i18n"]
    env = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701 - autoescape is set above
    env.globals.update(page_globals())
    # jinja2 adds this method with the extension, so its types do not know it.
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    return env


def page_globals() -> dict[str, Callable[..., object]]:
    """Functions a template may call, beyond the context a view gives it."""
    return {
        "url": url,
        "static": static,
        "asset": assets.asset,
        "plural": words.counted,
        "page_language": tongue.current,
        "field_kind": formfields.kind,
        "field_options": formfields.options,
        "field_params": formfields.params,
        "field_words": formfields.words,
        "form_errors": formfields.form_errors,
    }
