"""The person: who they are, how it is safe to reach them, what they need, what they agreed, and what worries us."""

from linkwell.people.models.access import (
    AccessNeeds,
    Interpreted,
    InterpretedBy,
    InterpreterGender,
    InterpreterKind,
    ReadingFormat,
    SignLanguage,
)
from linkwell.people.models.agreements import Agreement, AgreementAnswer, AgreementHow, AgreementSubject
from linkwell.people.models.capacity import ActsFor, BestInterests, CapacityAssessment
from linkwell.people.models.children import (
    HowKnown,
    LookedAfter,
    MayContact,
    OwnDecision,
    Responsibility,
    ResponsibleAdult,
    YoungPerson,
)
from linkwell.people.models.concerns import Concern, ConcernEntry
from linkwell.people.models.contact import ContactKind, ContactPoint, RelatedContact, SafeContact
from linkwell.people.models.deaths import Death, DeathSource, StoppedByDeath
from linkwell.people.models.household import HouseholdLink, Relationship
from linkwell.people.models.identity import IdentityLink
from linkwell.people.models.person import Person, PersonWord, ToldBy
from linkwell.people.models.record import AboutMe, HomeAccess, Requirement, RequirementKind, Risk
from linkwell.people.models.retention import Disposal, DisposalKind, RetentionHold
from linkwell.people.models.statements import Statement, ThirdPartyChoice

__all__ = [
    "AboutMe",
    "AccessNeeds",
    "ActsFor",
    "Agreement",
    "AgreementAnswer",
    "AgreementHow",
    "AgreementSubject",
    "BestInterests",
    "CapacityAssessment",
    "Concern",
    "ConcernEntry",
    "ContactKind",
    "ContactPoint",
    "Death",
    "DeathSource",
    "Disposal",
    "DisposalKind",
    "HomeAccess",
    "HouseholdLink",
    "HowKnown",
    "IdentityLink",
    "Interpreted",
    "InterpretedBy",
    "InterpreterGender",
    "InterpreterKind",
    "LookedAfter",
    "MayContact",
    "OwnDecision",
    "Person",
    "PersonWord",
    "ReadingFormat",
    "RelatedContact",
    "Relationship",
    "Requirement",
    "RequirementKind",
    "Responsibility",
    "ResponsibleAdult",
    "RetentionHold",
    "Risk",
    "SafeContact",
    "SignLanguage",
    "Statement",
    "StoppedByDeath",
    "ThirdPartyChoice",
    "ToldBy",
    "YoungPerson",
]
