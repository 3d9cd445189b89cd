"""Who may agree to something about somebody. Pure: facts in, a decision with its reason out.

The rules are written so that a reviewer can read them without reading the program. Sources: Mental Capacity Act 2005
(sections 1-5 decide for oneself, best interests; 9-14 lasting powers of attorney; 16-20 deputies; 35-41 advocates),
Family Law Reform Act 1969 s 8 and Gillick v West Norfolk [1986] AC 112 for young people, Children Act 1989 s 3 for
parental responsibility. A relative, as a relative, has no authority over an adult in any of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Decision(StrEnum):
    """What is decided."""

    SUPPORT = "support"
    PLAN = "plan"
    SHARE = "share"
    ONWARD = "onward"
    CONTACT = "contact"
    MONEY = "money"


DECISION_WORDS = {
    Decision.SUPPORT: "being supported by this team",
    Decision.PLAN: "the plan",
    Decision.SHARE: "telling others about the support",
    Decision.ONWARD: "being referred to a group",
    Decision.CONTACT: "how they are contacted",
    Decision.MONEY: "money or property",
}


class ActsAs(StrEnum):
    """In what way somebody acts for the person."""

    ATTORNEY_HEALTH = "attorney_health"
    ATTORNEY_PROPERTY = "attorney_property"
    DEPUTY_HEALTH = "deputy_health"
    DEPUTY_PROPERTY = "deputy_property"
    ADVOCATE = "advocate"


ACTS_AS_WORDS = {
    ActsAs.ATTORNEY_HEALTH: "attorney for health and welfare",
    ActsAs.ATTORNEY_PROPERTY: "attorney for property and money",
    ActsAs.DEPUTY_HEALTH: "deputy for health and welfare",
    ActsAs.DEPUTY_PROPERTY: "deputy for property and money",
    ActsAs.ADVOCATE: "advocate",
}


class By(StrEnum):
    """Who says yes."""

    PERSON = "person"
    ATTORNEY_HEALTH = "attorney_health"
    ATTORNEY_PROPERTY = "attorney_property"
    DEPUTY_HEALTH = "deputy_health"
    DEPUTY_PROPERTY = "deputy_property"
    BEST_INTERESTS = "best_interests"
    PARENT = "parent"
    ADVOCATE = "advocate"
    RELATIVE = "relative"


class Able(StrEnum):
    """Whether the person was judged able to decide this one thing. Nobody is unable until that was judged."""

    NOT_JUDGED = "not_judged"
    YES = "yes"
    NO = "no"


class Age(StrEnum):
    """The ages at which the law changes: 16 and 18. Somebody whose age is not known counts as an adult."""

    CHILD = "child"
    YOUNG = "young"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class AgreedBy:
    """Who agreed: the person themselves unless said otherwise. `id` names the record of authority."""

    by: By = By.PERSON
    id: UUID | None = None


THE_PERSON = AgreedBy()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when somebody agrees. `own_decision`: judged to decide this for themselves though under 16.

    `proof`: the document was seen, parental responsibility is known, or the best-interests decision says yes.
    """

    decision: Decision
    by: By
    able: Able = Able.NOT_JUDGED
    age: Age = Age.ADULT
    own_decision: Able = Able.NOT_JUDGED
    proof: bool = False


def may_agree(facts: Facts) -> str:
    """ "" when this agreement counts; else a plain sentence for whoever has to do something else instead."""
    if facts.by in _NEVER:
        return _NEVER[facts.by]
    if facts.by is By.PERSON:
        return _person(facts)
    if facts.by is By.PARENT:
        return _parent(facts)
    if facts.age is Age.CHILD:
        return "They are under 16. Somebody with parental responsibility agrees, or they do if they can decide this."
    if facts.by is By.BEST_INTERESTS:
        return _best_interests(facts)
    return _attorney_or_deputy(facts)


_NEVER = {
    By.RELATIVE: "A relative or friend cannot agree for them. Ask the person, or whoever has the authority to decide.",
    By.ADVOCATE: "An advocate speaks up for them and does not decide. Record what they said in the best-interests"
    " decision.",
}


def _person(facts: Facts) -> str:
    if facts.age is Age.CHILD:
        if facts.own_decision is Able.YES:
            return ""
        return (
            "They are under 16. Record that they can decide this for themselves, or ask somebody with parental"
            " responsibility."
        )
    if facts.able is Able.NO:
        return (
            "They were judged not able to decide this. Record a best-interests decision, or who has the authority"
            " to decide."
        )
    return ""


def _parent(facts: Facts) -> str:
    if facts.age is Age.ADULT:
        return "They are an adult, so a parent cannot agree for them."
    if not facts.proof:
        return "Nobody has recorded that this adult has parental responsibility. Ask, and record how it is known."
    if facts.age is Age.CHILD:
        return "" if facts.own_decision is not Able.YES else "They decide this for themselves. Ask them."
    return "" if facts.able is Able.NO else "At 16 and 17 they decide this for themselves. Ask them."


def _best_interests(facts: Facts) -> str:
    if facts.able is not Able.NO:
        return "Nobody has judged that they cannot decide this. Ask the person."
    return "" if facts.proof else "The best-interests decision does not say yes to this."


_PROPERTY = frozenset({By.ATTORNEY_PROPERTY, By.DEPUTY_PROPERTY})
_ATTORNEYS = frozenset({By.ATTORNEY_HEALTH, By.ATTORNEY_PROPERTY})


def _attorney_or_deputy(facts: Facts) -> str:
    if facts.age is not Age.ADULT and facts.by in _ATTORNEYS:
        return "An attorney can act only for an adult."
    about_money = facts.decision is Decision.MONEY
    if facts.by in _PROPERTY and not about_money:
        return "An attorney or deputy for property and money cannot agree to this. It is about health and welfare."
    if facts.by not in _PROPERTY and about_money:
        return "An attorney or deputy for health and welfare cannot agree to this. It is about money or property."
    if not facts.proof:
        return "Nobody has seen the document that gives them this authority. Ask to see it, and record that first."
    if facts.able is not Able.NO:
        return "Nobody has judged that they cannot decide this. Ask the person."
    return ""
