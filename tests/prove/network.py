"""After a week: has anything crossed between organisations that was not shared?"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, connections, models

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.row_security import policed_models
from linkwell.core.scope import system_scope
from tests.prove.week import asked

# What a share opens: for each table, the kind of share and the column that it names.
SHARED = {
    "referrals_referralanswer": ("referral", "referral_id"),
    "casework_messageback": ("message_back", "id"),
    "casework_separatenote": ("separate_note", "id"),
    "attachments_attachment": ("referral", "about_id"),
}
# Read by both sides of a share, and by the practice that a clinic is held at.
OTHER_SIDE = {
    "accounts_share": "recipient_id",
    "groupwork_clinic": "practice_id",
    "groupwork_clinicslot": "practice_id",
}


def crossed() -> list[str]:
    """Each row that an organisation reads as the app role and that is not its own, public, or shared with it."""
    shares = asked("SELECT recipient_id, kind, object_id FROM accounts_share WHERE ends_at IS NULL")
    found = []
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        given = {(kind, object_id) for recipient, kind, object_id in shares if recipient == organisation_id}
        with scoped(system_scope(organisation_id, "looking across"), read_only=True):
            found += [line for model in _private() for line in _across(model, organisation_id, given)]
    return found


def _private() -> list[type[models.Model]]:
    """Tables about people: everything policed but what any organisation may read."""
    return [model for model, security in policed_models() if not security.read.endswith("IS NOT NULL")]


def _across(model: type[models.Model], organisation_id: UUID, given: set[tuple[str, UUID]]) -> Iterator[str]:
    table = model._meta.db_table
    own = model._meta.pk
    kind, column = SHARED.get(table, ("", own.column if own else "id"))
    side = OTHER_SIDE.get(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}, {side or 'NULL'} FROM {table} WHERE organisation_id <> %s", [organisation_id])
        rows: list[tuple[Any, Any]] = cursor.fetchall()
    for object_id, other in rows:
        if (kind, object_id) not in given and (side is None or other != organisation_id):
            yield f"{table}: {object_id} is read by {organisation_id}"


def shared_and_read() -> int:
    """How many rows of others are read because they were shared: had there been none, nothing was tried."""
    total = 0
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        with scoped(system_scope(organisation_id, "looking across"), read_only=True), connection.cursor() as cursor:
            for table in SHARED:
                cursor.execute(f"SELECT count(*) FROM {table} WHERE organisation_id <> %s", [organisation_id])
                total += cursor.fetchone()[0]
    return total


def plant() -> None:
    """A policy that lets everything through, to see that `crossed` would have seen it."""
    with connections["admin"].cursor() as cursor:
        cursor.execute("CREATE POLICY planted ON people_person FOR SELECT USING (true)")
