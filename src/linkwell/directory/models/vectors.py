"""What a service means, kept beside it: made in the background, and anew only when its words have changed."""

from typing import ClassVar

from django.db import models

from linkwell.core.held import HeldModel
from linkwell.core.row_security import RowSecurity
from linkwell.directory.models.facts import PUBLIC_FACTS
from linkwell.directory.models.services import Service


class Meaning(HeldModel):
    """The direction of a service's words (`sentences`), 384 numbers of two bytes each, and what it was made from.

    `of_change` is the service's `changed_in` when it was last looked at: where the two differ, it is looked at again.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="meaning")
    text_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=40)
    direction = models.BinaryField()
    of_change = models.BigIntegerField(default=0)

    row_security: ClassVar[RowSecurity] = PUBLIC_FACTS
