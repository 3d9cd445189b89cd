"""Messages about one referral, as the team writes and reads them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from linkwell.core.routes import ScopedRequest
from linkwell.core.scope import Scope
from linkwell.core.sent import add_findings
from linkwell.kernel.errors import Invalid
from linkwell.messaging.actions import note_read
from linkwell.referrals import thread_words
from linkwell.referrals.actions.writing import write_to_referrer
from linkwell.referrals.forms.writing import WriteToReferrerForm
from linkwell.referrals.queries.threads import team_thread
from linkwell.referrals.rows import PostRow, TeamThread


def thread(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Everything that was said between us and whoever referred, and a box to write to them."""
    row = team_thread(request.scope, referral_id)
    form = WriteToReferrerForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and _sent(request.scope, row, form):
        messages.success(request, "Sent. They get an e-mail that says only that there is a message.")
        return redirect("referrals:thread", referral_id=referral_id)
    mark_read(request.scope, referral_id, row.posts)
    page = {
        "row": row,
        "form": form,
        "posts": thread_words.for_team(row.posts, row.files),
        "files": thread_words.with_the_referral(row.files, row.posts),
        "ended": row.state in ("declined", "withdrawn"),
    }
    return render(request, "referrals/thread.jinja", page, status=422 if form.errors else 200)


def _sent(scope: Scope, row: TeamThread, form: WriteToReferrerForm) -> bool:
    given = form.cleaned_data
    try:
        write_to_referrer(
            scope=scope,
            referral_id=row.referral_id,
            submission_key=given["submission_key"],
            text=given["text"],
            says_nothing=given["says_nothing"],
            file=given["file"],
        )
    except Invalid as error:
        add_findings(form, error)
        return False
    return True


def mark_read(scope: Scope, referral_id: UUID, posts: tuple[PostRow, ...]) -> None:
    """What was new is new no longer: it is on the page that is about to be shown."""
    if any(post.is_new for post in posts):
        note_read(scope=scope, about_id=referral_id)
