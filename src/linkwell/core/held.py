"""The shape of a table that belongs to one organisation."""

from typing import Any, ClassVar

from django.db import models

from linkwell.core.moves import Moves
from linkwell.core.row_security import HELD, RowSecurity
from linkwell.kernel.ids import new_id


class HeldModel(models.Model):
    """A row held by one organisation (its controller), behind row-level security."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    row_security: ClassVar[RowSecurity] = HELD

    class Meta:
        abstract = True


class StatefulModel(HeldModel):
    """A held row with a state, an expected version and a next date. Only `core.states.move` changes the state."""

    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=1)

    moves: ClassVar[Moves]

    class Meta:
        abstract = True


def state_check(moves: Moves, name: str) -> models.CheckConstraint:
    """The database's own copy of the allowed states."""
    return models.CheckConstraint(condition=models.Q(state__in=sorted(moves.states)), name=name)


def one_of(field: str, choices: Any, name: str) -> models.CheckConstraint:
    """A CHECK that a column holds one of an enumeration's values."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": [str(each) for each in choices]}), name=name)
