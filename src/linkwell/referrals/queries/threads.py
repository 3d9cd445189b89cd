"""The one thread of a referral: what was said between its sender and the team, for each of them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from linkwell.accounts.queries import user_names
from linkwell.attachments.queries import files_of
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import NotFound
from linkwell.messaging.queries import read_up_to
from linkwell.people import queries as people
from linkwell.referrals.actions.writing import may_hear
from linkwell.referrals.models import Referral, ReferralAnswer, ReferralAnswerKind
from linkwell.referrals.permissions import READ_REFERRALS, REFER
from linkwell.referrals.queries.sent import sent_referral
from linkwell.referrals.rows import PostRow, SentThread, TeamThread

FROM_SENDER = ReferralAnswerKind.ANSWER
# Nobody needs to be told that something arrived as if it were news.
NO_NEWS = (ReferralAnswerKind.RECEIVED, ReferralAnswerKind.ANSWER)


@query(READ_REFERRALS, opening=True)
def team_thread(scope: Scope, referral_id: UUID) -> TeamThread:
    """The thread as the team reads it. The opening is noted. Raises NotFound."""
    row = Referral.objects.filter(organisation_id=scope.organisation_id, pk=referral_id).first()
    if row is None:
        raise NotFound("We could not find that.")
    audit.record_opening(scope, "referral", row.pk, person_id=row.person_id)
    restricted = row.person_id is not None and people.kept_apart(scope, row.person_id)
    answers = list(ReferralAnswer.objects.filter(referral_id=row.pk).order_by("created_at", "pk"))
    return TeamThread(
        referral_id=row.pk,
        reference=row.reference,
        state=row.state,
        name=f"{row.given_name} {row.family_name}",
        person_id=row.person_id,
        sender=row.referrer_name or "The referrer",
        has_account=row.sender_organisation_id is not None,
        may_hear=may_hear(scope, row),
        restricted=restricted,
        posts=_posts(answers, read_up_to(scope, [row.pk]).get(row.pk), news={FROM_SENDER}),
        files=files_of(scope, [row.pk], restricted=restricted),
    )


@query(REFER, opening=True)
def sent_thread(scope: Scope, referral_id: UUID) -> SentThread:
    """One referral as its sender sees it, with its thread and its files. Raises NotFound."""
    sent = sent_referral(scope, referral_id)
    answers = list(ReferralAnswer.objects.filter(referral_id=referral_id).order_by("created_at", "pk"))
    news = set(ReferralAnswerKind) - set(NO_NEWS)
    # Who it was in the team may tell that somebody is supported: the sender hears the team's name alone.
    posts = _posts(answers, read_up_to(scope, [referral_id]).get(referral_id), news=news, team_name=sent.team_name)
    return SentThread(sent, posts, files_of(scope, [referral_id]))


def _posts(
    answers: Iterable[ReferralAnswer],
    read_at: datetime | None,
    *,
    news: Iterable[ReferralAnswerKind],
    team_name: str = "",
) -> tuple[PostRow, ...]:
    rows, fresh = list(answers), set(news)
    names = user_names({row.author_id for row in rows if row.author_id})
    return tuple(
        PostRow(
            id=row.pk,
            kind=row.kind,
            text=row.text,
            at=row.created_at,
            by=_by(row, names, team_name),
            is_new=row.kind in fresh and (read_at is None or row.created_at > read_at),
        )
        for row in rows
    )


def _by(row: ReferralAnswer, names: dict[UUID, str], team_name: str) -> str:
    if team_name and row.kind != FROM_SENDER:
        return team_name
    return names.get(row.author_id, "") if row.author_id else ""


@query(READ_REFERRALS)
def new_from_senders(scope: Scope, referral_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these referrals hold words of their sender that whoever asks has not read."""
    return _newer_than_read(scope, list(referral_ids), [FROM_SENDER])


@query(REFER)
def new_for_sender(scope: Scope, referral_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these referrals hold something the sender who asks has not read."""
    return _newer_than_read(scope, list(referral_ids), [each for each in ReferralAnswerKind if each not in NO_NEWS])


def _newer_than_read(scope: Scope, referral_ids: list[UUID], kinds: list[ReferralAnswerKind]) -> frozenset[UUID]:
    last = dict(_last_words(referral_ids, " ".join(kinds)))
    read = read_up_to(scope, list(last))
    return frozenset(each for each, at in last.items() if each not in read or at > read[each])


@written_once
def _last_words(referral_ids: Collection[UUID], kinds: str) -> QuerySet[ReferralAnswer, tuple[UUID, datetime]]:
    answers = ReferralAnswer.objects.filter(referral_id__in=referral_ids, kind__in=kinds.split()).order_by()
    return answers.values("referral_id").annotate(last=Max("created_at")).values_list("referral_id", "last")
