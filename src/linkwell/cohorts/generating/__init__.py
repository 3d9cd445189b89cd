"""Made-up histories at any scale, shaped like England's, with the truth beside them: who should be found by which rule.

The people are fictional. Most come to A&E at most twice a year and stay in hospital at most once, so no rule finds them
by chance; the others are made to be found, or to be nearly found (`planting`), and both are written down.
"""

from linkwell.cohorts.generating.histories import Made, generate

__all__ = ["Made", "generate"]
