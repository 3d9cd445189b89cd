"""Many referrals from one file: looked at first, then sent row by row, each in a transaction of its own."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from uuid import UUID, uuid5

from linkwell.accounts.queries import TeamRow, organisation, rules, user_email
from linkwell.accounts.queries import team as team_of
from linkwell.core import audit, submissions
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, LinkwellError, NotAllowed, NotFound
from linkwell.referrals import batch
from linkwell.referrals.actions.arriving import send_referral
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.models import ReferralBatch, SentReferral
from linkwell.referrals.permissions import REFER

MOST_ROWS_ON_A_PAGE = 500
SENT_BEFORE = "This row was sent before."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row: `reference` once it is sent (or ready, when only looked at), else `problems`."""

    number: int
    ready: bool
    reference: str = ""
    problems: tuple[str, ...] = ()


def outcomes(
    scope: Scope, team: TeamRow, open_file: Iterator[TextIO], *, send: bool, since: datetime | None = None
) -> Iterator[Outcome]:
    """What becomes of each row, in order; with `send` it really becomes so. The file is opened twice and streamed.

    `open_file` gives the file anew each time it is asked. A row that was sent before is reported as such, but not
    when it was sent after `since`: then it was this very file, before a stop.
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
        for row in batch.rows(stream):
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
    """Check a file without sending anything. Raises Invalid for a file we cannot read or with too many rows."""
    if scope.user_id is None:
        raise NotAllowed
    text, found = text.replace("\x00", batch.LOST), []
    for each in outcomes(scope, team, _opened(text), send=False):
        found.append(each)
        if len(found) > MOST_ROWS_ON_A_PAGE:
            raise Invalid({"file": f"Send up to {MOST_ROWS_ON_A_PAGE} rows at a time. Split the file, and try again."})
    if not found:
        raise Invalid({"file": "There are no rows below the names of the columns."})
    ready = sum(each.ready for each in found)
    row = ReferralBatch.objects.create(
        organisation_id=scope.organisation_id,
        team_id=team.id,
        sender_user_id=scope.user_id,
        file_name=file_name.replace("\x00", "")[:200],
        text=text,
        rows_in=len(found),
        loaded=ready,
        rejected=len(found) - ready,
        report=[_line(each) for each in found],
    )
    audit.record(scope, "looked at", "referral_batch", row.pk)
    return row.pk


def send_batch(scope: Scope, batch_id: UUID) -> None:
    """Send what a file holds, a row at a time. Pressed twice, or started again after a stop, each row goes once."""
    row = _waiting(scope=scope, batch_id=batch_id)
    if row is None:
        return
    found = list(outcomes(scope, team_of(row.team_id), _opened(row.text), send=True, since=row.created_at))
    _finish(scope=scope, batch_id=batch_id, found=found)


@action(REFER)
def _waiting(*, scope: Scope, batch_id: UUID) -> ReferralBatch | None:
    """The batch to send; None for one that was sent. Raises NotFound for another's, or one kept too long."""
    row = ReferralBatch.objects.filter(
        organisation_id=scope.organisation_id, sender_user_id=scope.user_id, pk=batch_id
    ).first()
    if row is None or (row.sent_at is None and not row.text):
        raise NotFound("The file is no longer here. Choose it again.")
    audit.record(scope, "opened", "referral_batch", batch_id)
    return None if row.sent_at else row


@action(REFER)
def _finish(*, scope: Scope, batch_id: UUID, found: list[Outcome]) -> None:
    row = ReferralBatch.objects.select_for_update().get(organisation_id=scope.organisation_id, pk=batch_id)
    audit.record(scope, "sent", "referral_batch", batch_id)
    if row.sent_at is not None:
        return
    row.report = [_line(each) for each in found]
    row.loaded = sum(bool(line["reference"]) for line in row.report)
    row.rejected = row.rows_in - row.loaded
    row.sent_at, row.text = clock.now(), ""
    row.save(update_fields=["report", "loaded", "rejected", "sent_at", "text"])


@action(REFER)
def forget_files(*, scope: Scope, before: datetime) -> int:
    """Files that were looked at and never sent are forgotten. Returns how many."""
    rows = ReferralBatch.objects.filter(organisation_id=scope.organisation_id, created_at__lt=before, sent_at=None)
    forgotten = rows.exclude(text="").update(text="")
    audit.record(scope, "forgot", "referral_batch", None)
    return forgotten


def _line(each: Outcome) -> dict[str, object]:
    return {"row": each.number, "ready": each.ready, "reference": each.reference, "problems": list(each.problems)}


def _opened(text: str) -> Iterator[TextIO]:
    while True:
        yield io.StringIO(text, newline="")
