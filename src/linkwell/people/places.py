"""Addresses of other apps' pages that ours lead back to."""

from uuid import UUID

from django.urls import reverse


def person_page(person_id: UUID) -> str:
    """The person page, which a later app composes under the same prefix: people/<id>/."""
    return f"{reverse('people:list')}{person_id}/"
