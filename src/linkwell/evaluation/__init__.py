"""Did it help? Designs that can answer, the diagnostics each needs, and a plain refusal where data will not carry the
claim. No Django: files of data in, numbers with their uncertainty out, the same bytes for the same input."""
