"""A professional refers somebody, and follows their own referrals."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.accounts.queries import (
    TeamRow,
    organisation,
    rules,
    team_by_slug,
    teams_for_age,
    teams_taking_referrals,
    user_email,
)
from linkwell.accounts.queries import team as team_of
from linkwell.core import drafts
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid
from linkwell.referrals import actions, presenters, queries, thread_words
from linkwell.referrals.forms import ReferForm
from linkwell.referrals.forms.refer import from_draft
from linkwell.referrals.forms.writing import WithFileForm, WriteToTeamForm
from linkwell.referrals.queries.threads import new_for_sender, sent_thread
from linkwell.referrals.views.threads import mark_read
from linkwell.referrals.wait_words import wait_words


def choose_team(request: ScopedRequest) -> HttpResponse:
    """Which team? Straight to the form where there is only one."""
    teams = teams_taking_referrals()
    if len(teams) == 1:
        return redirect("referrals:refer_to", slug=teams[0].slug)
    return render(request, "referrals/choose_team.jinja", {"teams": teams})


def refer(request: ScopedRequest, slug: str) -> HttpResponse:
    """Three questions and a button."""
    team = team_by_slug(slug)
    if request.method == "POST":
        form, with_file = ReferForm(request.POST), WithFileForm(request.POST, request.FILES)
        good = form.is_valid() and with_file.is_valid()
        outside = _outside_ages(team, form) if good and not form.cleaned_data["age_known"] else None
        sent = _send(request.scope, team, form, with_file) if good and not outside else None
        if sent is not None:
            return HttpResponseRedirect(f"{reverse('referrals:mine_one', args=[sent])}?sent=1")
    else:
        outside, with_file = None, WithFileForm()
        kept = drafts.load(request.scope, _draft(team))
        form = ReferForm(initial={**(from_draft(kept) if kept else {}), "submission_key": uuid4()})
    return render(
        request,
        "referrals/refer.jinja",
        {
            "form": form,
            "with_file": with_file,
            "choose_again": bool(request.FILES) and not with_file.errors,
            "team": team,
            "read_by": presenters.read_by_words(team, clock.now()),
            "draft_url": reverse("core:draft", kwargs={"form": "refer", "about": team.id}),
            "age_warning": outside,
        },
        status=422 if form.errors or with_file.errors or outside else 200,
    )


def _outside_ages(team: TeamRow, form: ReferForm) -> dict[str, Any] | None:
    """Said once, before anything is sent: whom this team supports, and which teams take people of that age."""
    for which in ("", "second_"):
        born = form.cleaned_data[f"{which}date_of_birth"]
        age = words.age(born) if born else None
        if age is not None and not rules(team.id).takes(age):
            others = [row for row in teams_for_age(age) if row.id != team.id]
            name = form.cleaned_data[f"{which}given_name"]
            return {"name": name, "age": age, "ages": rules(team.id).ages_words, "others": others}
    return None


def _draft(team: TeamRow) -> str:
    return f"refer:{team.id}"


def _send(scope: Scope, team: TeamRow, form: ReferForm, with_file: WithFileForm) -> UUID | None:
    sender = {
        "referrer_name": scope.actor_name,
        "referrer_role": organisation(scope.organisation_id).name[:120],
        "referrer_email": user_email(scope.user_id) if scope.user_id else "",
    }
    try:
        sent = actions.send_referral(
            scope=scope,
            team=team,
            submission_key=form.cleaned_data["submission_key"],
            details=form.details(**sender),
            second=form.second(**sender),
            file=with_file.cleaned_data["file"],
        )
    except Invalid as error:
        add_findings(form, error)
        return None
    drafts.discard(scope=scope, form=_draft(team))
    return sent.referral_id


def mine(request: ScopedRequest) -> HttpResponse:
    """All my referrals, with their state in words."""
    everyone = request.GET.get("who") == "all"
    page = queries.sent_referrals(request.scope, page_number(request), everyone=everyone)
    new = new_for_sender(request.scope, [row.referral_id for row in page if row.sent_by_id == request.scope.user_id])
    lines = page.map(lambda row: presenters.sent_line(row) | {"is_new": row.referral_id in new})
    return render(request, "referrals/mine.jinja", {"page": lines, "everyone": everyone})


def mine_one(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """One of my referrals: what I wrote, what I have been told, and a place to answer."""
    form = WriteToTeamForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and _written(request.scope, referral_id, form):
        messages.success(request, "Thank you. Your words have reached the team.")
        return redirect("referrals:mine_one", referral_id=referral_id)
    whole = sent_thread(request.scope, referral_id)
    row = whole.sent
    team = team_of(row.team_id)
    mark_read(request.scope, referral_id, whole.posts)
    return render(
        request,
        "referrals/mine_one.jinja",
        {
            "line": presenters.sent_line(row),
            "row": row,
            "team": team,
            "form": form,
            "asked": row.is_asked,
            "posts": thread_words.for_sender(whole.posts, whole.files),
            "files": thread_words.with_the_referral(whole.files, whole.posts),
            "just_sent": "sent" in request.GET,
            "wait": wait_words(queries.expected_wait(request.scope, team.id), rules(team.id)),
            "read_by": presenters.read_by_words(team, row.sent_at),
            "urgent": presenters.urgent_in(row.why, to_person=False) if "sent" in request.GET else [],
        },
        status=422 if form.errors else 200,
    )


def _written(scope: Scope, referral_id: UUID, form: WriteToTeamForm) -> bool:
    given = form.cleaned_data
    try:
        actions.answer_question(
            scope=scope,
            referral_id=referral_id,
            text=given["text"],
            file=given["file"],
            submission_key=given["submission_key"],
        )
    except Invalid as error:
        add_findings(form, error)
        return False
    return True
