"""Many referrals from one file: looked at first, then sent row by row, each in a transaction of its own."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TextIO
from uuid import UUID, uuid5

from django.db.models import Q

from linkwell.accounts.queries import TeamRow, organisation, rules, user_email
from linkwell.accounts.queries import team as team_of
from linkwell.core import audit, outbox, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, LinkwellError, NotAllowed, NotFound
from linkwell.referrals import batch
from linkwell.referrals.actions.arriving import send_referral
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import ReferralBatch, SentReferral
from linkwell.referrals.permissions import REFER

MOST_ROWS_AT_ONCE = 500
MOST_ROWS = 10_000
# So many at a time, so that a worker is free for others in between and a stop costs little.
LOOKED_AT_A_TIME, SENT_AT_A_TIME = 500, 100
MOST_TIME_TO_SEND = timedelta(days=6)
WHOLE = slice(None)
SENT_BEFORE = "This row was sent before."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: `reference` once it is sent (or ready, when only looked at), else `problems`."""

    number: int
    ready: bool
    reference: str = ""
    problems: tuple[str, ...] = ()


def outcomes(
    scope: Scope,
    team: TeamRow,
    open_file: Iterator[TextIO],
    *,
    send: bool,
    since: datetime | None = None,
    part: slice = WHOLE,
) -> Iterator[Outcome]:
    """What becomes of each row, in order; with `send` it really becomes so. The file is opened twice and streamed.

    `open_file` gives the file anew each time it is asked. A row that was sent before is reported as such, but not
    when it was sent after `since`: then it was this very file, before a stop. `part` of the rows only, by their place.
    """
    if scope.user_id is None:
        raise NotAllowed
    sender = {
        "referrer_name": scope.actor_name,
        "referrer_role": organisation(scope.organisation_id).name[:120],
        "referrer_email": user_email(scope.user_id),
    }
    ages = rules(team.id)
    with next(open_file) as first:
        seen = batch.first_look(batch.rows(first))
    with next(open_file) as stream:
        found = batch.rows(stream)
        for row in islice(found, part.start or 0):
            batch.pass_by(row, seen)
        for row in islice(found, part.stop - (part.start or 0) if part.stop else None):
            checked = batch.check(row, seen, sender, lambda born: ages.outside(words.age(born)))
            if checked.details is None:
                yield Outcome(checked.number, False, problems=checked.problems)
            elif send:
                key = uuid5(team.id, str(checked.key))
                yield _sent(scope, team, checked.number, key, checked.details, since)
            else:
                yield Outcome(checked.number, True)


def _sent(
    scope: Scope, team: TeamRow, number: int, key: UUID, details: ReferralDetails, since: datetime | None
) -> Outcome:
    """One row that cannot be taken does not stop those after it."""
    try:
        reference, sent_at = _send_row(scope=scope, team=team, key=key, details=details)
    except Invalid as error:
        return Outcome(number, False, problems=tuple(finding.message for finding in error.findings))
    except LinkwellError as error:
        return Outcome(number, False, problems=(error.message,))
    if sent_at is not None and (since is None or sent_at < since):
        return Outcome(number, False, problems=(SENT_BEFORE,))
    return Outcome(number, True, reference)


@action(REFER)
def _send_row(*, scope: Scope, team: TeamRow, key: UUID, details: ReferralDetails) -> tuple[str, datetime | None]:
    """The reference, and when the row was sent if that was before, in this file or another."""
    before = submissions.earlier(scope, key)
    if before is not None:
        audit.record(scope, "sent again", "referral_batch", key)
        row = SentReferral.objects.get(organisation_id=scope.organisation_id, referral_id=before)
        return row.reference, row.sent_at
    sent = send_referral(scope=scope, team=team, submission_key=key, details=details)
    if scope.organisation_id != team.organisation_id:
        submissions.remember(scope, key, sent.referral_id)
    return sent.reference, None


@action(REFER)
def look_at_batch(*, scope: Scope, team: TeamRow, file_name: str, text: str) -> UUID:
    """Check a file without sending anything; a long one in parts, from now on.

    Raises Invalid for a file we cannot read or with too many rows.
    """
    if scope.user_id is None:
        raise NotAllowed
    text = text.replace("\x00", batch.LOST)
    in_file = sum(1 for _ in batch.rows(next(_opened(text))))
    if not in_file:
        raise Invalid({"file": "There are no rows below the names of the columns."})
    if in_file > MOST_ROWS:
        raise Invalid({"file": f"Send up to {MOST_ROWS:,} rows at a time. Split the file, and try again."})
    row = ReferralBatch(
        organisation_id=scope.organisation_id,
        team_id=team.id,
        sender_user_id=scope.user_id,
        file_name=file_name.replace("\x00", "")[:200],
        text=text,
        in_file=in_file,
        rows_in=0,
    )
    if in_file <= MOST_ROWS_AT_ONCE:
        _add_to_report(row, list(outcomes(scope, team, _opened(text), send=False)))
    row.save()
    audit.record(scope, "looked at", "referral_batch", row.pk)
    _go_on(scope, row, "look")
    return row.pk


def _add_to_report(row: ReferralBatch, found: list[Outcome]) -> None:
    row.report += [_line(each) for each in found]
    row.rows_in = len(row.report)
    row.loaded = sum(bool(line["ready"]) for line in row.report)
    row.rejected = row.rows_in - row.loaded


def _go_on(scope: Scope, row: ReferralBatch, what: str) -> None:
    """Have the next part of a long file looked at or sent, if there is one."""
    done = row.rows_in if what == "look" else row.sent_so_far
    if done < row.in_file:
        outbox.emit(scope, f"referral_batch.{what}", object_id=row.pk, once=f"{row.pk}:{what}:{done}")


def look_on(scope: Scope, batch_id: UUID) -> None:
    """The next part of a long file is looked at. `scope` is its sender's."""
    row = _still_here(scope=scope, batch_id=batch_id)
    if row is None or row.rows_in >= row.in_file:
        return
    part = slice(row.rows_in, row.rows_in + LOOKED_AT_A_TIME)
    found = list(outcomes(scope, team_of(row.team_id), _opened(row.text), send=False, part=part))
    _note_looked(scope=scope, batch_id=batch_id, start=part.start, found=found)


@action(REFER)
def _note_looked(*, scope: Scope, batch_id: UUID, start: int, found: list[Outcome]) -> None:
    row = _locked(scope, batch_id)
    audit.record(scope, "looked at", "referral_batch", batch_id)
    if row.rows_in == start:
        _add_to_report(row, found)
        row.save(update_fields=["report", "rows_in", "loaded", "rejected"])
        _go_on(scope, row, "look")


def send_batch(scope: Scope, batch_id: UUID) -> None:
    """Send what a file holds, a row at a time; a long one in parts, from now on.

    Pressed twice, or started again after a stop, each row goes once. Raises NotFound for another's file, or one that
    was kept too long.
    """
    row = _ask_to_send(scope=scope, batch_id=batch_id)
    if row is not None and row.in_file <= MOST_ROWS_AT_ONCE:
        _send_part(scope, row, slice(0, row.in_file))


def send_on(scope: Scope, batch_id: UUID) -> None:
    """The next part of a long file is sent. `scope` is its sender's."""
    row = _still_here(scope=scope, batch_id=batch_id)
    if row is not None and row.send_asked_at is not None:
        _send_part(scope, row, slice(row.sent_so_far, row.sent_so_far + SENT_AT_A_TIME))


def _send_part(scope: Scope, row: ReferralBatch, part: slice) -> None:
    team = team_of(row.team_id)
    found = list(outcomes(scope, team, _opened(row.text), send=True, since=row.created_at, part=part))
    _note_sent(scope=scope, batch_id=row.pk, start=part.start, found=found)


@action(REFER)
def _ask_to_send(*, scope: Scope, batch_id: UUID) -> ReferralBatch | None:
    """The batch to send; None for one that was sent, or is still looked at."""
    row = _locked(scope, batch_id)
    audit.record(scope, "opened", "referral_batch", batch_id)
    if row.sent_at is not None or row.rows_in < row.in_file:
        return None
    if not row.text:
        raise NotFound("The file is no longer here. Choose it again.")
    if row.send_asked_at is None and row.in_file > MOST_ROWS_AT_ONCE:
        row.send_asked_at = clock.now()
        row.save(update_fields=["send_asked_at"])
        _go_on(scope, row, "send")
    return row


@action(REFER)
def _still_here(*, scope: Scope, batch_id: UUID) -> ReferralBatch | None:
    row = _locked(scope, batch_id)
    audit.record(scope, "opened", "referral_batch", batch_id)
    return row if row.text and row.sent_at is None else None


def _locked(scope: Scope, batch_id: UUID) -> ReferralBatch:
    rows = ReferralBatch.objects.select_for_update(of=("self",)).filter(organisation_id=scope.organisation_id)
    row = rows.filter(sender_user_id=scope.user_id, pk=batch_id).first()
    if row is None:
        raise NotFound("The file is no longer here. Choose it again.")
    return row


@action(REFER)
def _note_sent(*, scope: Scope, batch_id: UUID, start: int, found: list[Outcome]) -> None:
    row = _locked(scope, batch_id)
    audit.record(scope, "sent", "referral_batch", batch_id)
    if row.sent_at is not None or row.sent_so_far != start:
        return
    row.report[start : start + len(found)] = [_line(each) for each in found]
    row.sent_so_far = start + len(found)
    if row.sent_so_far >= row.in_file:
        row.loaded = sum(bool(line["reference"]) for line in row.report)
        row.rejected = row.rows_in - row.loaded
        row.sent_at, row.text = clock.now(), ""
    row.save(update_fields=["report", "sent_so_far", "loaded", "rejected", "sent_at", "text"])
    _go_on(scope, row, "send")


@action(REFER)
def forget_files(*, scope: Scope, before: datetime) -> int:
    """Files that were looked at and never sent are forgotten. Returns how many.

    One that is being sent stays until it is, but no longer than a week: then something stopped it for good.
    """
    rows = ReferralBatch.objects.filter(organisation_id=scope.organisation_id, created_at__lt=before, sent_at=None)
    over = Q(send_asked_at=None) | Q(created_at__lt=before - MOST_TIME_TO_SEND)
    forgotten = rows.filter(over).exclude(text="").update(text="")
    audit.record(scope, "forgot", "referral_batch", None)
    return forgotten


def _line(each: Outcome) -> dict[str, object]:
    return {"row": each.number, "ready": each.ready, "reference": each.reference, "problems": list(each.problems)}


def _opened(text: str) -> Iterator[TextIO]:
    while True:
        yield io.StringIO(text, newline="")
