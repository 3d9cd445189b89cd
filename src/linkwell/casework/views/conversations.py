"""Writing up, reading and putting right conversations; appointments."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linkwell.casework import actions, presenters, queries
from linkwell.casework.forms import AppointmentForm, CancelForm, CorrectForm, MoveForm, WriteUpForm, from_draft
from linkwell.casework.models import InteractionOutcome
from linkwell.casework.rows import AppointmentRow, CaseRow
from linkwell.casework.views.common import about_person, opened_case
from linkwell.core import drafts
from linkwell.core.routes import ScopedRequest
from linkwell.core.sent import add_findings, posted, status_of
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Conflict, Invalid
from linkwell.people import queries as people
from linkwell.people.queries.statements import statements_about


def write_up(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Kind and outcome by tap, a box that saves itself, what comes next."""
    case, page = opened_case(request, case_id)
    choices = presenters.past_choices(queries.appointments_of(request.scope, case_id, booked_only=True), clock.now())
    changed: list[dict[str, str]] = []
    brought = bool(choices) and queries.missing(request.scope, case_id).brought
    shape: dict[str, Any] = {
        "appointments": choices,
        "interpreter": people.interpreter_for(request.scope, case.person_id),
        "brought": brought,
    }
    if request.method == "POST":
        form = WriteUpForm(request.POST, **shape)
        if form.is_valid():
            try:
                return _written_up(request, case, form)
            except Invalid as error:
                add_findings(form, error)
            except Conflict:
                changed = _what_changed(case, form)
                # The same words over the case as it is now: sending again is a decision made knowingly.
                form = WriteUpForm(_with_version(request, case.version), **shape)
    else:
        kept = drafts.load(request.scope, _draft(case_id))
        start = _start(request, case, choices, kept)
        if brought and start["outcome"] == InteractionOutcome.MISSED:
            start["outcome"] = InteractionOutcome.NOT_BROUGHT
        form = WriteUpForm(initial=start, **shape)
    who, when = (
        presenters.changed_by(queries.last_change(request.scope, case_id, case.person_id)) if changed else ("", "")
    )
    return render(
        request,
        "casework/write_up.jinja",
        {
            **page,
            "form": form,
            "draft_url": reverse("core:draft", kwargs={"form": "writeup", "about": case_id}),
            "changed": changed,
            "who": who,
            "changed_when": when,
            "more_open": _more_open(form),
        },
        status=status_of(form, conflict=changed),
    )


def _more_open(form: WriteUpForm) -> bool:
    """Whether the folded part holds something to be seen: words, or an error."""
    folded = ("third_party_note", "with_whom", "happened_on", "happened_at", "minutes")
    return bool(form["third_party_note"].value()) or any(name in form.errors for name in folded)


def _draft(case_id: UUID) -> str:
    return f"writeup:{case_id}"


def _start(
    request: ScopedRequest, case: CaseRow, choices: list[tuple[str, str]], kept: dict[str, list[str]]
) -> dict[str, Any]:
    """The form as it opens: now, for the appointment asked for or the only one, with the draft over it."""
    asked = request.GET.get("appointment", "")
    ids = [value for value, _ in choices]
    start = {
        "kind": "phone",
        "when": "2",
        "outcome": request.GET.get("outcome", ""),
        "appointment": asked if asked in ids else ids[0] if len(ids) == 1 else "",
        "happened_on": clock.today(),
        "happened_at": words.written_time(clock.now()),
    }
    return {**start, **from_draft(WriteUpForm, kept), "version": case.version, "submission_key": uuid4()}


def _written_up(request: ScopedRequest, case: CaseRow, form: WriteUpForm) -> HttpResponse:
    actions.write_up(
        scope=request.scope,
        case_id=case.id,
        submission_key=form.cleaned_data["submission_key"],
        conversation=form.conversation(),
    )
    drafts.discard(scope=request.scope, form=_draft(case.id))
    first = case.first_spoken_at is None and form.cleaned_data["outcome"] == "talked"
    if first:
        messages.success(request, "Written up. Here is what is asked once, at the start.")
        return redirect("casework:first", case_id=case.id)
    messages.success(request, "Written up.")
    return redirect("casework:case", case_id=case.id)


def _with_version(request: ScopedRequest, version: int) -> Any:
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def _what_changed(case: CaseRow, form: WriteUpForm) -> list[dict[str, str]]:
    """What stands now beside what was typed: only the part that a write-up would write over."""
    given = form.conversation()
    when = f"by {words.written_date(given.next_date)}" if given.next_date else ""
    yours = ", ".join(part for part in (given.next_step, when) if part)
    return [{"label": "What comes next", "theirs": presenters.next_words(case, clock.today()), "yours": yours}]


def first(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """What is asked once, at the start: About me, safe contact, risks, who may hear."""
    _, page = opened_case(request, case_id)
    return render(request, "casework/first.jinja", page)


def conversation(request: ScopedRequest, interaction_id: UUID) -> HttpResponse:
    """One conversation, with every correction."""
    row = queries.interaction(request.scope, interaction_id)
    page = about_person(request, row.person_id)
    return render(
        request,
        "casework/conversation.jinja",
        {
            **page,
            "row": row,
            "when": words.written_datetime(row.happened_at),
            "interpreted": people.interpreted(request.scope, interaction_id),
            "joint": queries.is_joint_visit(request.scope, interaction_id),
            "statements": statements_about(request.scope, [interaction_id]).get(interaction_id, ()),
        },
    )


def correct(request: ScopedRequest, interaction_id: UUID) -> HttpResponse:
    """Say what a note should have said. Both are kept."""
    row = queries.interaction(request.scope, interaction_id)
    start = {
        "corrections": len(row.corrections),
        "note": row.newest_note,
        "third_party_note": row.newest_third_party_note,
    }
    form = CorrectForm(posted(request), initial=start)
    changed: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct_note(
                scope=request.scope,
                interaction_id=interaction_id,
                expected_corrections=given["corrections"],
                note=given["note"],
                third_party_note=given["third_party_note"],
                reason=given["reason"],
            )
        except Conflict:
            changed = [{"label": "Note", "theirs": row.newest_note, "yours": given["note"]}]
            form = CorrectForm(initial={**given, "corrections": len(row.corrections)})
        else:
            messages.success(request, "The correction is added. What was written first is kept too.")
            return redirect("casework:conversation", interaction_id=interaction_id)
    who, when = (
        presenters.changed_by(queries.last_change(request.scope, interaction_id, row.person_id))
        if changed
        else ("", "")
    )
    page = about_person(request, row.person_id)
    return render(
        request,
        "casework/correct.jinja",
        {**page, "row": row, "form": form, "changed": changed, "who": who, "changed_when": when},
        status=status_of(form, conflict=changed),
    )


def book(request: ScopedRequest, case_id: UUID) -> HttpResponse:
    """Note a time agreed with the person; after missed ones, what got in the way is asked first."""
    _, page = opened_case(request, case_id)
    if queries.missing(request.scope, case_id).must_ask:
        return redirect("casework:in_the_way", case_id=case_id)
    wanted = people.interpreter_for(request.scope, page["case"].person_id)
    start = {"kind": "phone", "minutes": actions.usual_minutes(interpreter=bool(wanted)), "agreed": True}
    form = AppointmentForm(posted(request), initial=start)
    if wanted:
        form.fields["minutes"].help_text = f"Twice as long as usual. {wanted}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.book_appointment(scope=request.scope, case_id=case_id, details=form.details())
        except Invalid as error:
            _add_findings(form, error)
        else:
            messages.success(request, "The appointment is booked.")
            return redirect("casework:case", case_id=case_id)
    return render(request, "casework/book.jinja", {**page, "form": form}, status=status_of(form))


def _add_findings(form: AppointmentForm, error: Invalid) -> None:
    """A start is typed as a day and a time."""
    for where, message in error.by_field.items():
        field = "time" if where == "starts_at" else where
        form.add_error(field if field in form.fields else None, message)


def move(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Another time for the same appointment."""
    row = queries.appointment(request.scope, appointment_id)
    form = MoveForm(posted(request), initial=_as_booked(row))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.move_appointment(
                scope=request.scope,
                appointment_id=appointment_id,
                expected_version=given["version"],
                details=form.details(),
                reason=given["reason"],
            )
        except Invalid as error:
            _add_findings(form, error)
        else:
            messages.success(request, "The appointment is moved.")
            return redirect("casework:case", case_id=row.case_id)
    page = {**about_person(request, row.person_id), "form": form, "row": row}
    return render(
        request,
        "casework/move.jinja",
        {**page, "when": words.written_datetime(row.starts_at)},
        status=status_of(form),
    )


def _as_booked(row: AppointmentRow) -> dict[str, Any]:
    there = clock.london(row.starts_at)
    return {
        "version": row.version,
        "kind": row.kind,
        "day": there.date(),
        "time": words.written_time(row.starts_at),
        "minutes": row.minutes,
        "place": row.place,
        "agreed": row.agreed_with_person,
    }


def cancel(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """The appointment will not be."""
    row = queries.appointment(request.scope, appointment_id)
    form = CancelForm(posted(request), initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.cancel_appointment(
            scope=request.scope,
            appointment_id=appointment_id,
            expected_version=given["version"],
            reason=given["reason"],
            by=given["by"],
        )
        messages.success(request, "The appointment is cancelled.")
        return redirect("casework:case", case_id=row.case_id)
    page = {**about_person(request, row.person_id), "form": form, "row": row}
    return render(
        request,
        "casework/cancel.jinja",
        {**page, "when": words.written_datetime(row.starts_at)},
        status=status_of(form),
    )
