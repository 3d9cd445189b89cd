"""How somebody is doing, in their own answers: instruments, their scoring, and who said what when."""
