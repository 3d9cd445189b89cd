"""Everything an installation holds, out into one file and back into an empty one.

A zip file: `manifest.json`, and for each table one file of JSON lines. Encrypted columns are written in plain, since
their key does not travel. Not written: key-safe notes (never exported), sessions, passwords and second steps (people
choose new ones), drafts, and the seals of the audit trail (the new installation seals the rows anew).
"""

from linkwell.core.transfer.exporting import Exported, export_everything
from linkwell.core.transfer.importing import Imported, import_everything

__all__ = ["Exported", "Imported", "export_everything", "import_everything"]
