"""The one search: people, groups and services, and referrals by their reference."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Least, Left, Lower

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import queries as directory
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.directory.queries import FoundService
from linkwell.journey.permissions import SEARCH
from linkwell.kernel.ids import reference_from
from linkwell.people import names
from linkwell.people import queries as people
from linkwell.people.details import PersonListRow
from linkwell.people.names import LONGEST_WORD
from linkwell.people.permissions import PERSON_SEARCH
from linkwell.people.queries.identity import Slips
from linkwell.people.queries.search import first_letters, slips_forgiven
from linkwell.referrals.models import Referral, SentReferral
from linkwell.referrals.permissions import READ_REFERRALS, REFER
from linkwell.referrals.queries.triage import WAITING

MOST = 6


@dataclass(frozen=True, slots=True)
class FoundReferral:
    """A referral with the reference that was typed. `own`: as its sender sees it."""

    id: UUID
    reference: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What fits. None means that this reader does not look for such things. `more_*`: there are others.

    `alike`: nobody's name fits exactly, and these are close to it.
    """

    people: tuple[PersonListRow, ...] | None
    more_people: bool
    alike: bool
    services: tuple[FoundService, ...] | None
    more_services: bool
    referrals: tuple[FoundReferral, ...]

    @property
    def nothing(self) -> bool:
        return not (self.people or self.services or self.referrals)


@query(SEARCH)
def everything(scope: Scope, text: str) -> Found:
    """What fits the words, each kind only for those who may see it."""
    reference = reference_from(text)
    if reference:
        return Found(None, False, False, None, False, _referrals(scope, reference))
    persons = people.people(scope, text, most=MOST) if text and scope.may(PERSON_SEARCH) else None
    alike = people.people_alike(scope, text) if persons is not None and not persons.rows else ()
    services = _services(scope, text) if text and scope.may(FIND_SERVICES) else None
    return Found(
        people=None if persons is None else persons.rows or alike[:MOST],
        more_people=persons is not None and (persons.has_next or len(alike) > MOST),
        alike=bool(alike),
        services=None if services is None else services[:MOST],
        more_services=services is not None and len(services) > MOST,
        referrals=_waiting(scope, text) if text and scope.may(READ_REFERRALS) else (),
    )


def _services(scope: Scope, text: str) -> tuple[FoundService, ...]:
    """One more than are shown, to know whether there are others."""
    return directory.best(scope, directory.Search(words=text), MOST + 1)


def _waiting(scope: Scope, text: str) -> tuple[FoundReferral, ...]:
    """Referrals that nobody has decided about yet, by name: whoever they are about is no person here so far.

    Where no name fits, those that are a slip or two away from what was typed.
    """
    typed = names.words(text)[:6]
    if not typed:
        return ()
    rows = Referral.objects.filter(organisation_id=scope.organisation_id, state__in=WAITING).annotate(
        both=_plain(Concat("given_name", Value(" "), "family_name")),
        begins_given=Left("given_name", 1),
        begins_family=Left("family_name", 1),
        given=Left(_plain(F("given_name")), LONGEST_WORD),
        family=Left(_plain(F("family_name")), LONGEST_WORD),
    )
    fits, near = Q(), Q()
    for number, word in enumerate(typed):
        rows = rows.annotate(
            **{f"slips_{number}": Least(Slips(F("given"), Value(word)), Slips(F("family"), Value(word)))}
        )
        fits &= Q(both__contains=word)
        # To look at the first letter costs next to nothing, and leaves few whose slips are counted.
        letters = first_letters(word)
        near &= Q(begins_given__in=letters) | Q(begins_family__in=letters)
        near &= Q(**{f"slips_{number}__lte": slips_forgiven(word)})
    # Asked together: to read so many names takes longest.
    found = rows.filter(fits | near).annotate(fits=Case(When(fits, then=True), default=False))
    first = found.order_by("-fits", "received_at").values_list("pk", "reference", "given_name", "family_name", "fits")
    listed = list(first[:MOST])
    return tuple(
        FoundReferral(pk, reference, f"{given} {family}", False)
        for pk, reference, given, family, exactly in listed
        if exactly or not listed[0][-1]
    )


def _plain(words: Combinable) -> Func:
    return Lower(Func(words, function="unaccent", output_field=TextField()))


def _referrals(scope: Scope, reference: str) -> tuple[FoundReferral, ...]:
    """At most one received and one sent: a reference names one referral."""
    found = []
    held = {"organisation_id": scope.organisation_id, "reference": reference}
    if scope.may(READ_REFERRALS):
        rows = Referral.objects.filter(**held).values_list("pk", "given_name", "family_name")
        found += [FoundReferral(pk, reference, f"{given} {family}", False) for pk, given, family in rows]
    if scope.may(REFER):
        sent = SentReferral.objects.filter(**held).values_list("referral_id", "person_name")
        found += [FoundReferral(pk, reference, name, True) for pk, name in sent]
    return tuple(found)
