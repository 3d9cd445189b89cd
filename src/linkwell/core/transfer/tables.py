"""Which tables travel, and in which order."""

from django.apps import apps
from django.db import models

FORMAT = 1
MANIFEST = "manifest.json"

STAYS = frozenset(
    {
        "people_homeaccess",
        "core_installation",
        "core_draft",
        "core_submission",
        "core_auditseal",
        "core_auditpending",
        "core_outboxevent",
        "accounts_invitation",
        "onward_answerlink",
        "outcomes_ownlink",
        "directory_listinglink",
    }
)
# Columns that do not travel, and what stands there instead.
BLANKED = {("accounts_user", "password"): "!", ("accounts_user", "last_login"): None}


def travelling() -> list[type[models.Model]]:
    """Our tables in the order of the apps. Foreign keys are checked at the end, so order among them is free."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("linkwell.") and model._meta.db_table not in STAYS
    ]


def columns(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    return list(model._meta.concrete_fields)


def file_of(model: type[models.Model]) -> str:
    return f"tables/{model._meta.db_table}.jsonl"


def together(model: type[models.Model], usual: int) -> int:
    """How many rows are held in memory at once: of a table of files only a few, since each may be large."""
    return 4 if any(isinstance(field, models.BinaryField) for field in columns(model)) else usual
