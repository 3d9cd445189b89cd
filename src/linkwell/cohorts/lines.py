"""Where a row stands in its file, as an editor counts lines."""

from __future__ import annotations

LINE = """(line + 1 + (
  select count(*) from staged_findings above where above.file = rows_.file and above.row_before <= rows_.line))"""
"""The line of a row of `staged rows_`, as SQL: after the heading, and after the lines above that are not rows at all."""
