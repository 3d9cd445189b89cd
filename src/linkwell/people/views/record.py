"""About me, agreements and risks."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.core import drafts
from linkwell.core.routes import ScopedRequest
from linkwell.kernel.errors import Conflict
from linkwell.people import actions, presenters, queries
from linkwell.people.forms import AboutMeForm, AgreementForm, RiskForm, WithdrawForm
from linkwell.people.forms.agreeing import agreed_by
from linkwell.people.views.common import person_form


def about_me(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    scope, draft = request.scope, f"aboutme:{person_id}"
    newest = queries.about_me(scope, person_id)
    start = asdict(newest.words) | {"version": newest.version} | _typed_before(request, draft)
    form = AboutMeForm(request.POST if request.method == "POST" else None, initial=start)
    page: dict[str, Any] = {
        "conflict": {"who": "", "when": "", "rows": []},
        "newest": newest,
        "history_url": reverse("people:about_me_history", args=[person_id]),
    }

    def save() -> None:
        version = form.cleaned_data["version"]
        actions.record_about_me(scope=scope, person_id=person_id, expected_version=version, about=form.words())
        drafts.discard(scope=scope, form=draft)

    try:
        return person_form(
            request,
            person_id,
            form,
            save,
            heading="About me",
            done="Saved, in their words.",
            template="people/about_me.jinja",
            **page,
        )
    except Conflict as error:
        page["conflict"] = presenters.conflict(error, form, asdict(newest.words))
        form.data = presenters.with_version(form, newest.version)
        page |= {
            "form": form,
            "heading": "About me",
            "name": queries.open_record(scope, person_id),
            "lead": "",
            "person_id": person_id,
            "back_url": presenters.person_url(person_id),
        }
        return render(request, "people/about_me.jinja", page, status=409)


def _typed_before(request: ScopedRequest, draft: str) -> dict[str, str]:
    """What was typed and not sent last time, for a first look at the form."""
    if request.method == "POST" or request.scope.user_id is None:
        return {}
    kept = drafts.load(request.scope, draft)
    return {name: values[-1] for name, values in kept.items() if values and name in AboutMeForm.base_fields}


def about_me_history(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    versions = queries.about_me_history(request.scope, person_id)
    name = queries.open_record(request.scope, person_id)
    page = {"versions": presenters.about_versions(versions), "name": name, "person_id": person_id}
    return render(request, "people/about_me_history.jinja", page)


def risks(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    form = RiskForm(request.POST if request.method == "POST" else None)
    rows = queries.risks(request.scope, person_id)

    def save() -> None:
        none_known = form.cleaned_data["kind"] == "none"
        detail = form.cleaned_data["detail"]
        actions.record_risk(scope=request.scope, person_id=person_id, none_known=none_known, detail=detail)

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="Risks",
        done="Saved.",
        template="people/risks.jinja",
        rows=rows,
        back_url=request.path if request.method == "POST" else "",
    )


def end_risk(request: ScopedRequest, person_id: UUID, risk_id: UUID) -> HttpResponse:
    actions.end_risk(scope=request.scope, person_id=person_id, risk_id=risk_id)
    return redirect("people:risks", person_id)


def agreements(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    interpreter = queries.interpreter_for(request.scope, person_id)
    can_agree = queries.who_can_agree(request.scope, person_id)
    form = AgreementForm(
        request.POST if request.method == "POST" else None, interpreter=interpreter, can_agree=can_agree
    )
    standing = queries.agreements(request.scope, person_id)
    history = queries.agreement_history(request.scope, person_id)

    def save() -> None:
        given = form.cleaned_data | {"agreed_by": agreed_by(form.cleaned_data)}
        actions.record_agreement(scope=request.scope, person_id=person_id, **given)

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="What they agreed to",
        done="Saved.",
        template="people/agreements.jinja",
        standing=standing,
        history=presenters.agreement_lines(history),
        back_url=request.path if request.method == "POST" else "",
    )


def withdraw(request: ScopedRequest, person_id: UUID, agreement_id: UUID) -> HttpResponse:
    row = next((each for each in queries.agreements(request.scope, person_id) if each.id == agreement_id), None)
    if row is None or not row.agreed:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def save() -> None:
        actions.record_agreement(
            scope=request.scope,
            person_id=person_id,
            subject=row.subject,
            object_id=row.object_id,
            answer="withdrawn",
            **form.cleaned_data,
        )

    return person_form(
        request,
        person_id,
        form,
        save,
        heading="They have changed their mind",
        row=row,
        done="Saved. Nothing more is shared about this.",
        template="people/withdraw.jinja",
        back_url=reverse("people:agreements", args=[person_id]),
    )
