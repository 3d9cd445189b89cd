"""A link worker refers somebody onward, signposts them, and follows what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from linkwell.attachments.presenters import file_lines
from linkwell.casework import queries as casework
from linkwell.core.paging import page_number
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings
from linkwell.directory import presenters as directory_words
from linkwell.directory import queries as directory
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove
from linkwell.messaging import queries as messaging
from linkwell.messaging.actions import note_read
from linkwell.onward import actions, presenters, queries
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.onward.forms import OnwardForm, ReplyForm, SignpostForm, ToldTheyCameForm, WithdrawForm
from linkwell.onward.queries.files import files_sent
from linkwell.onward.queries.known import fits_of, known_about
from linkwell.people import queries as people
from linkwell.people.forms.agreeing import agreed_by


def refer(request: ScopedRequest, case_id: UUID, service_id: UUID) -> HttpResponse:
    """Write what the group may read, and send it."""
    case = casework.case(request.scope, case_id)
    service = directory.service(request.scope, service_id)
    needs = people.requirements(request.scope, case.person_id)
    can_agree = people.who_can_agree(request.scope, case.person_id)
    start = {"access_words": presenters.access_words(needs)}
    interpreter = people.interpreter_for(request.scope, case.person_id)
    limits = directory.limits(request.scope, service.id)
    fit = fits_of(request.scope, known_about(request.scope, case_id, case.person_id), [service])[service.id]
    form = OnwardForm(
        request.POST or None,
        initial=start,
        can_agree=can_agree,
        interpreter=interpreter,
        asks_needs=bool(limits and limits.needs),
        may_ask_first=limits is not None or bool(fit.broken),
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data) | {"agreed_by": agreed_by(form.cleaned_data)}
        key = data.pop("submission_key")
        try:
            onward_id = actions.refer_onward(
                scope=request.scope,
                case_id=case_id,
                service_id=service_id,
                submission_key=key,
                details=OnwardDetails(**data | {"needs": tuple(data.get("needs", ()))}),
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, f"{service.name} has been asked. You will see its answer on Today.")
            return redirect("onward:one", onward_id=onward_id)
    outside = queries.limits_of_group(request.scope, service.id, case.person_id) if limits else ()
    context = {"form": form, "case": case, "service": directory_words.service_page(service), "outside": outside}
    context["fit"] = presenters.fit_words(fit)
    return render(request, "onward/refer.jinja", context, status=422 if form.errors else 200)


def signpost(request: ScopedRequest, case_id: UUID, service_id: UUID) -> HttpResponse:
    case = casework.case(request.scope, case_id)
    service = directory.service(request.scope, service_id)
    form = SignpostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        key = data.pop("submission_key")
        try:
            actions.signpost(
                scope=request.scope,
                case_id=case_id,
                service_id=service_id,
                submission_key=key,
                details=SignpostDetails(**data),
            )
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, f"Noted that you signposted {case.person_name} to {service.name}.")
            return redirect("onward:of_case", case_id=case_id)
    context = {"form": form, "case": case, "service": directory_words.service_page(service)}
    return render(request, "onward/signpost.jinja", context, status=422 if form.errors else 200)


def of_case(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Everything somebody was referred or signposted to."""
    case = casework.case(request.scope, case_id)
    context = {
        "case": case,
        "onward": [presenters.line(row) for row in queries.of_case(request.scope, case_id)],
        "signposts": queries.signposts_of_case(request.scope, case_id),
    }
    return render(request, "onward/of_case.jinja", context)


def overdue(request: ScopedRequest) -> HttpResponse:
    page = queries.overdue(request.scope, page_number(request))
    return render(request, "onward/overdue.jinja", {"page": page.map(presenters.line)})


def one(request: ScopedRequest, onward_id: UUID) -> HttpResponse:
    """One onward referral: where it has got to, what was said, and what can be done."""
    row = queries.onward_referral(request.scope, onward_id)
    form = ReplyForm(request.POST or None, initial={"version": row.version})
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_to_group(
                scope=request.scope,
                onward_id=onward_id,
                expected_version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
            )
        except Conflict:
            conflict = True
            form = ReplyForm({"text": form.cleaned_data["text"], "version": row.version})
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Your message has gone to the group.")
            return redirect("onward:one", onward_id=onward_id)
    posts = messaging.thread(request.scope, onward_id)
    read_at = messaging.read_up_to(request.scope, [onward_id]).get(onward_id)
    new = any(post.author_kind != "user" and (read_at is None or post.at > read_at) for post in posts)
    if new:
        note_read(scope=request.scope, about_id=onward_id)
    context = {
        "row": row,
        "line": presenters.line(row),
        "facts": presenters.facts(row),
        "posts": presenters.posts(posts, request.scope),
        "new_words": new,
        "files": file_lines(files_sent(request.scope, onward_id)),
        "form": form,
        "conflict": conflict,
        "overdue": row.state in {"sent", "asked"} and row.overdue_on < clock.today(),
    }
    return render(request, "onward/one.jinja", context, status=409 if conflict else 200)


def withdraw(request: ScopedRequest, onward_id: UUID) -> HttpResponse:
    row = queries.onward_referral(request.scope, onward_id)
    form = WithdrawForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                scope=request.scope,
                onward_id=onward_id,
                expected_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except (Conflict, InvalidMove) as changed:
            form.add_error(None, changed.message)
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Taken back. The group has been told it is no longer needed, and nothing more.")
            return redirect("onward:one", onward_id=onward_id)
    return render(request, "onward/withdraw.jinja", {"row": row, "form": form}, status=422 if form.errors else 200)


def came(request: ScopedRequest, onward_id: UUID) -> HttpResponse:
    """What the person says of a day, beside whatever the group says of it."""
    row = queries.onward_referral(request.scope, onward_id)
    form = ToldTheyCameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_told_attendance(scope=request.scope, onward_id=onward_id, **form.cleaned_data)
        except Invalid as invalid:
            add_findings(form, invalid)
        else:
            messages.success(request, "Noted, as told by the person. What the group says stays as it is.")
            return redirect("onward:one", onward_id=onward_id)
    return render(request, "onward/came.jinja", {"row": row, "form": form}, status=422 if form.errors else 200)


@require_POST
def end(request: ScopedRequest, onward_id: UUID) -> HttpResponse:
    row = queries.onward_referral(request.scope, onward_id)
    actions.end(scope=request.scope, onward_id=onward_id, expected_version=row.version)
    messages.success(request, "Marked as finished.")
    return redirect("onward:of_case", case_id=row.case_id)


def went(request: ScopedRequest, signpost_id: UUID) -> HttpResponse:
    """What they said when asked again about a signpost; asked for as a page, the list with its buttons."""
    case_id = queries.case_of_signpost(request.scope, signpost_id)
    if request.method == "POST":
        said = request.POST.get("went")
        if said not in ("yes", "no"):
            raise Invalid({"": "Say whether they went."})
        actions.say_whether_they_went(scope=request.scope, signpost_id=signpost_id, went=said == "yes")
        messages.success(request, "Noted.")
    return redirect("onward:of_case", case_id=case_id)
