"""The order of the public form's pages, and from its answers to the details of a referral."""

from typing import Any

from django.http import QueryDict

from linkwell.accounts.rules import Rules
from linkwell.core.plain_forms import PlainForm
from linkwell.core.widgets import DateBoxesField
from linkwell.kernel import codes, tongue, words
from linkwell.kernel.tongue import marked, say
from linkwell.referrals.carried import Carried, Posted
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.forms.ask import STEPS, Answers, AskStep, for_another

ENGLISH, WELSH = marked("English"), marked("Welsh")
_YES = {"yes": True, "no": False}


def typed(step: AskStep, posted: QueryDict) -> Posted:
    """What was typed on one page, under the names of its own boxes and no others."""
    names = [box for name in step.form.base_fields for box in _boxes(step, name)]
    return {name: [str(each) for each in posted.getlist(name)] for name in names if name in posted}


def _boxes(step: AskStep, name: str) -> list[str]:
    if isinstance(step.form.base_fields[name], DateBoxesField):
        return [f"{name}_{part}" for part in ("day", "month", "year")]
    return [name]


def bound(step: AskStep, so_far: Carried) -> PlainForm:
    """The page's form with what was typed, checked anew each time: a signature proves origin, not sense."""
    data = QueryDict(mutable=True)
    for name, values in so_far.steps.get(step.name, {}).items():
        data.setlist(name, values)
    return step.form(data)


def shown(step: AskStep, so_far: Carried) -> PlainForm:
    """The page's form to fill in: with its answers when somebody comes back to it, and without errors."""
    if step.name not in so_far.steps:
        return step.form(initial=_to_begin(step))
    form = bound(step, so_far)
    return form if form.is_valid() else step.form()


def unchecked(step: AskStep, so_far: Carried) -> PlainForm:
    """The page's form just as it was left, before anybody said that it is done."""
    form = bound(step, so_far)
    left = {name: each.widget.value_from_datadict(form.data, {}, name) for name, each in form.fields.items()}
    return step.form(initial=left)


def _to_begin(step: AskStep) -> Answers:
    """Whoever asks us in Welsh is answered in Welsh, unless they say otherwise."""
    return {"language": say(WELSH)} if step.name == "need" and tongue.current() is tongue.Tongue.WELSH else {}


def answers(so_far: Carried) -> Answers:
    """All valid answers so far, from the pages that apply."""
    found: Answers = {}
    for step in STEPS:
        if step.name in so_far.steps and step.applies(found):
            form = bound(step, so_far)
            if form.is_valid():
                found |= form.cleaned_data
    return found


def applicable(so_far: Carried) -> list[AskStep]:
    """The pages this person sees, in order."""
    found = answers(so_far)
    return [step for step in STEPS if step.applies(found) and (not step.optional or step.name in so_far.steps)]


def first_unanswered(so_far: Carried) -> AskStep | None:
    """The first page that is missing or not right; None when everything can be sent."""
    for step in applicable(so_far):
        if step.name not in so_far.steps or not bound(step, so_far).is_valid():
            return step
    return None


def step_before(step: AskStep, so_far: Carried) -> AskStep | None:
    steps = applicable(so_far)
    place = steps.index(step) if step in steps else 0
    return steps[place - 1] if place else None


def number_of(step: AskStep, so_far: Carried) -> str:
    """ "Question 3 of 9"."""
    steps = applicable(so_far)
    if step not in steps:
        return ""
    return say("Question %(number)s of %(all)s") % {"number": steps.index(step) + 1, "all": len(steps)}


def outside_ages(so_far: Carried, rules: Rules) -> bool:
    """Whether the date of birth that was given lies outside the ages a team supports. Unknown is never outside."""
    born = answers(so_far).get("date_of_birth")
    return born is not None and not rules.takes(words.age(born))


def free_words(found: Answers) -> str:
    return "\n".join(str(found.get(name) or "") for name in ("why", "safe_notes", "second_why"))


def details(so_far: Carried) -> ReferralDetails:
    """The referral that these answers make. Call it only when nothing is unanswered."""
    found = answers(so_far)
    other = for_another(found)
    given: dict[str, Any] = {
        name: found.get(name) or ""
        for name in ("given_name", "family_name", "phone", "email", "postcode", "safe_notes", "why")
    }
    about_sender: dict[str, Any] = {
        name: found.get(name) or "" for name in ("referrer_name", "referrer_role", "referrer_phone", "referrer_email")
    }
    return ReferralDetails(
        **given,
        **(about_sender if other else {}),
        language=_language(found),
        date_of_birth=found.get("date_of_birth"),
        interpreter=bool(found.get("interpreter")),
        needs=(*found.get("needs", ()), *found.get("more_needs", ())),
        source="relative" if other else "self",
        knows=found.get("knows", "agrees"),
        safe_phone=_YES.get(found.get("safe_phone", "")),
        safe_voicemail=_YES.get(found.get("safe_voicemail", "")),
        safe_text=_YES.get(found.get("safe_text", "")),
        safe_email=_YES.get(found.get("safe_email", "")),
        asked_alone=not other and found.get("alone") == "yes",
    )


def _language(found: Answers) -> str:
    """As they wrote it; Welsh by its English name, by which our messages know it."""
    given = str(found.get("language") or "")
    return WELSH if tongue.named(given) is tongue.Tongue.WELSH else given


def second(so_far: Carried) -> ReferralDetails | None:
    """The request of somebody they live with, told to us by whoever fills in the form; None where nobody is named.

    Nothing the first person said about themselves goes into it but where they live.
    """
    found = answers(so_far)
    if not found.get("second_given_name"):
        return None
    other = for_another(found)
    asker = found.get("referrer_name") if other else f"{found.get('given_name', '')} {found.get('family_name', '')}"
    return ReferralDetails(
        given_name=found["second_given_name"],
        family_name=found["second_family_name"],
        date_of_birth=found.get("second_date_of_birth"),
        phone=found.get("second_phone") or "",
        postcode=found.get("postcode") or "",
        why=found["second_why"],
        source="relative",
        knows=found["second_knows"],
        referrer_name=str(asker or "").strip()[:120],
        referrer_role="asked for both" if other else "lives with them",
        referrer_phone=(found.get("referrer_phone") or "") if other else "",
    )


def summary(so_far: Carried) -> list[dict[str, str]]:
    """Every answer in words, each with the name of its page, for the last look before sending."""
    found = answers(so_far)
    given = details(so_far)
    lines: list[tuple[str, str, str]] = [(say("Name"), given.full_name, "name")]
    if for_another(found):
        lines.insert(0, (say("You"), f"{given.referrer_name}, {given.referrer_role}", "you"))
    born = words.short_date(given.date_of_birth) if given.date_of_birth else say("Left empty")
    needs = ", ".join(codes.plain(codes.NEEDS, need) for need in given.needs)
    lines += [
        (say("Date of birth"), born, "born"),
        (say("What would help"), "\n".join(part for part in (needs, given.why) if part), "help"),
        (say("How to reach them") if for_another(found) else say("How to reach you"), _reach(given), "reach"),
        (say("Safe to contact"), _safe(given), "safe"),
        (say("Talking"), _talking(given), "need"),
    ]
    also = second(so_far)
    if also is not None:
        lines.append((say("Also for"), f"{also.full_name}\n{also.why}", "second"))
    return [{"label": label, "value": value, "step": step} for label, value, step in lines]


def _reach(given: ReferralDetails) -> str:
    return "\n".join(part for part in (given.phone, given.email, given.postcode) if part)


def _safe(given: ReferralDetails) -> str:
    ways = {
        say("Phone"): given.safe_phone,
        say("Voicemail"): given.safe_voicemail,
        say("Text"): given.safe_text,
        say("E-mail"): given.safe_email,
    }
    said = [f"{name}: {say('yes') if answer else say('no')}" for name, answer in ways.items() if answer is not None]
    return "\n".join([*said, given.safe_notes]).strip() or say("We will only phone, and leave no message")


def _talking(given: ReferralDetails) -> str:
    language = say(given.language or ENGLISH)
    return say("%(language)s, with an interpreter") % {"language": language} if given.interpreter else language
