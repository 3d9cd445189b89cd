"""The pure part: what events say, worked out into patients and stays. No Django, no clock, no database.

`fold` takes every event that any join of records ties together, in any order and however often each came, and gives
what the hospital's records say now. Nothing is remembered between two folds, so nothing depends on what came first.
"""

from linkwell.hospital.pipeline.folding import fold
from linkwell.hospital.pipeline.shapes import FoldedMove, FoldedPatient, FoldedReady, FoldedStay, Outcome, Told

__all__ = ["FoldedMove", "FoldedPatient", "FoldedReady", "FoldedStay", "Outcome", "Told", "fold"]
