"""What goes along when somebody is handed over: their details, and copies in words of the parts that were agreed."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Case
from linkwell.casework.models.handovers import KINDS
from linkwell.casework.queries.conversations import interactions
from linkwell.casework.queries.plan import plan
from linkwell.core.scope import Scope
from linkwell.kernel import words
from linkwell.people import queries as people
from linkwell.referrals.details import Part, ReferralDetails

_ABOUT = {
    "matters_most": "What matters most to me",
    "people_important": "People who are important to me",
    "how_i_communicate": "How I communicate",
    "my_wellness": "My wellness",
    "please_do": "Please do",
    "please_do_not": "Please do not",
    "how_and_when": "How and when to support me",
    "also_know": "Also worth knowing",
}


def details(scope: Scope, case: Case, why: str) -> ReferralDetails:
    """Who they are and how it is safe to reach them: the least the other team needs, whatever else goes along."""
    card = people.contact_card(scope, case.person_id)
    safe = people.safe_answers(scope, case.person_id)
    who = card.details
    phone = next((each.value for each in card.contacts if each.kind in ("mobile", "landline")), "")
    email = next((each.value for each in card.contacts if each.kind == "email"), "")
    user_id = case.worker_id or scope.user_id
    return ReferralDetails(
        given_name=who.given_name,
        family_name=who.family_name,
        date_of_birth=who.date_of_birth,
        nhs_number=who.nhs_number,
        phone=phone,
        email=email,
        address=who.address,
        postcode=who.postcode,
        gp_practice_name=who.gp_practice_name,
        language=who.language,
        interpreter=people.needs_interpreter(scope, case.person_id),
        why=why,
        knows="agrees",
        safe_phone=safe.phone,
        safe_voicemail=safe.voicemail,
        safe_text=safe.text,
        safe_email=safe.email,
        safe_letter=safe.letter,
        safe_notes=_short("; ".join(safe.instructions)),
        asked_alone=safe.asked_alone,
        referrer_name=scope.actor_name,
        referrer_role=accounts.organisation(scope.organisation_id).name[:120],
        referrer_email=accounts.user_email(user_id) if user_id else "",
    )


def _short(text: str) -> str:
    """Instructions that do not fit are not cut silently: whoever reads them is told to ask."""
    return text if len(text) <= 300 else f"{text[:250].rstrip()}… Phone us for the rest before any contact."


def copies(scope: Scope, case: Case, kinds: tuple[str, ...]) -> tuple[Part, ...]:
    """The chosen parts in words. What other people told us never goes along."""
    makers = {"about_me": _about_me, "plan": _plan, "conversations": _conversations, "access": _access}
    found = [(kind, makers[kind](scope, case.pk, case.person_id)) for kind in KINDS if kind in kinds]
    return tuple(Part(kind, KINDS[kind], text) for kind, text in found if text)


def _about_me(scope: Scope, _case_id: UUID, person_id: UUID) -> str:
    said = people.about_me(scope, person_id).words
    return "\n".join(f"{title}: {getattr(said, name)}" for name, title in _ABOUT.items() if getattr(said, name))


def _plan(scope: Scope, case_id: UUID, _person_id: UUID) -> str:
    now = plan(scope, case_id)
    lines = [f"What they are good at: {now.strengths}"] if now.strengths else []
    for need in now.needs:
        lines.append(f"What they would like to change: {need.words}")
        for goal in need.goals:
            lines.append(f"– Goal ({goal.state_words}): {goal.words}")
            lines += [f"  – Step{' (done)' if step.done_at else ''}: {step.words}" for step in goal.steps]
    return "\n".join(lines)


def _conversations(scope: Scope, case_id: UUID, _person_id: UUID) -> str:
    rows = sorted(interactions(scope, case_id), key=lambda row: row.happened_at)
    return "\n\n".join(
        f"{words.written_datetime(row.happened_at, year=True)}, {row.kind_words}: {row.outcome_words}\n"
        f"{row.newest_note}".strip()
        for row in rows
    )


def _access(scope: Scope, _case_id: UUID, person_id: UUID) -> str:
    return "\n".join(f"{row.kind_words}: {row.detail}" for row in people.requirements(scope, person_id))
