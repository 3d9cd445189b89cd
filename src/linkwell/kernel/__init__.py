"""Small, pure building blocks that every other part may use. No Django here."""
