"""What somebody has typed and not yet sent, kept on the server as they type."""

import json
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.models import Draft
from linkwell.core.permissions import STAFF, permission
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound

KEEP_DRAFTS = permission("core.drafts", "keep what they are typing", roles=STAFF)
LONGEST = 200_000
LONGEST_NAME = 120

Values = dict[str, list[str]]


def _owner(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed
    return scope.user_id


@action(KEEP_DRAFTS)
def keep(*, scope: Scope, form: str, values: Values) -> None:
    """Keep the fields of a form under its name ("writeup:<id>"), replacing what was kept before."""
    words = json.dumps(values)
    if len(form) > LONGEST_NAME:
        raise NotFound
    if len(words) > LONGEST:
        raise Invalid({"": "That is longer than we can keep. Please send it in parts."})
    draft, _ = Draft.objects.update_or_create(
        organisation_id=scope.organisation_id, user_id=_owner(scope), form=form, defaults={"words": words}
    )
    audit.record(scope, "kept", "draft", draft.pk)


@query(KEEP_DRAFTS)
def load(scope: Scope, form: str) -> Values:
    """The kept fields, or nothing."""
    kept = Draft.objects.filter(organisation_id=scope.organisation_id, user_id=_owner(scope), form=form).first()
    return json.loads(kept.words) if kept else {}


@action(KEEP_DRAFTS)
def discard(*, scope: Scope, form: str) -> None:
    """Forget a draft: its form was sent, or the person chose to start again."""
    Draft.objects.filter(organisation_id=scope.organisation_id, user_id=_owner(scope), form=form).delete()
    audit.record(scope, "discarded", "draft", None)
