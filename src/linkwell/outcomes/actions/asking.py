"""What an organisation decides about asking, and wording it loads under its own licence."""

from collections.abc import Collection
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.measures.pack import Pack
from linkwell.measures.reading import read_licensed
from linkwell.outcomes.models import Asking, LoadedPack, Occasion
from linkwell.outcomes.permissions import SET_ASKING
from linkwell.outcomes.queries import packs


@action(SET_ASKING)
def set_asking(
    *,
    scope: Scope,
    clinician_id: UUID | None,
    clinical_by_link: bool,
    asked: Collection[str],
    occasions: Collection[str],
) -> None:
    """Who is told of worrying answers, whether such questions go by link, and what is asked of everybody when.

    Raises Invalid for a clinician who does not work in a team here, and for a questionnaire that cannot be asked.
    """
    if clinician_id is not None and not packs.works_in_teams(scope.organisation_id, clinician_id):
        raise Invalid({"clinician": "Choose somebody who works in one of your teams."})
    if clinical_by_link and clinician_id is None:
        raise Invalid({"clinical_by_link": "Name the clinician first."})
    row, _ = Asking.objects.select_for_update(of=("self",)).get_or_create(organisation_id=scope.organisation_id)
    row.clinician_id, row.clinical_by_link = clinician_id, clinical_by_link
    row.packs, row.occasions = list(asked), [each.value for each in Occasion if each in occasions]
    row.save(update_fields=["clinician", "clinical_by_link", "packs", "occasions"])
    asking, here = packs.asking_of(scope.organisation_id), packs.packs_of(scope.organisation_id)
    for name in asked:
        if name not in here or packs.why_not(here[name], asking):
            raise Invalid({"asked": "Choose questionnaires that can be asked here."})
    fields = ("clinician", "clinical_by_link", "packs", "occasions")
    audit.record(scope, "changed", "asking", row.pk, fields=fields)


@action(SET_ASKING)
def load_pack(*, scope: Scope, content: bytes, file_name: str) -> Pack:
    """A questionnaire with wording, for this organisation alone. It takes the place of an earlier one of its name.

    Raises Invalid naming everything that breaks the rules of packs, and for other words under a version loaded before.
    """
    pack = read_licensed(content, file_name)
    text = content.decode()
    mine = LoadedPack.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, name=pack.name
    )
    if mine.filter(version=pack.version).exclude(content=text).exists():
        raise Invalid({"pack.version": f"Version {pack.version} was loaded with other words. Give it a new version."})
    mine.filter(ended_at=None).update(ended_at=clock.now())
    row = LoadedPack.objects.create(
        organisation_id=scope.organisation_id,
        name=pack.name,
        version=pack.version,
        content=text,
        loaded_by_id=scope.user_id,
    )
    audit.record(scope, "loaded", "questionnaire", row.pk, fields=("name", "version"))
    return pack


def tell_another(scope: Scope, user_id: UUID, to_user_id: UUID) -> None:
    """Whoever was told of worrying answers leaves. Called inside an action."""
    Asking.objects.filter(organisation_id=scope.organisation_id, clinician_id=user_id).update(clinician_id=to_user_id)
    audit.record(scope, "changed", "asking", None, fields=("clinician",))
