"""Matched controls: like compared with like, as far as what was written down can tell."""
