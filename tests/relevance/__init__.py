"""How well finding finds: needs in everyday words, judged answers, and the usual measures."""
