"""The person: who they are, how it is safe to reach them, what they need, what they agreed, and what worries us."""

from linkwell.people.models.agreements import Agreement, AgreementAnswer, AgreementHow, AgreementSubject
from linkwell.people.models.concerns import Concern, ConcernEntry
from linkwell.people.models.contact import ContactKind, ContactPoint, RelatedContact, SafeContact
from linkwell.people.models.identity import IdentityLink
from linkwell.people.models.person import Person, PersonWord, ToldBy
from linkwell.people.models.record import AboutMe, HomeAccess, Requirement, RequirementKind, Risk

__all__ = [
    "AboutMe",
    "Agreement",
    "AgreementAnswer",
    "AgreementHow",
    "AgreementSubject",
    "Concern",
    "ConcernEntry",
    "ContactKind",
    "ContactPoint",
    "HomeAccess",
    "IdentityLink",
    "Person",
    "PersonWord",
    "RelatedContact",
    "Requirement",
    "RequirementKind",
    "Risk",
    "SafeContact",
    "ToldBy",
]
