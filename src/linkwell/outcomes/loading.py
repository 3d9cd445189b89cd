"""Loading a questionnaire with its wording from a file, for the command."""

from pathlib import Path

from linkwell.accounts.queries import organisation_by_code
from linkwell.core.scope import system_scope
from linkwell.outcomes.actions import load_pack


def load_wording(file: Path, code: str) -> str:
    """Load it for the organisation of this code, and say so. Raises Invalid with every reason, NotFound."""
    organisation = organisation_by_code(code)
    scope = system_scope(organisation.id, "loading wording under licence")
    pack = load_pack(scope=scope, content=file.read_bytes(), file_name=file.name)
    return f"{pack.title} (version {pack.version}) can be asked at {organisation.name} now, and nowhere else."
