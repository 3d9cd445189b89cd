"""Plans and letters as PDF files that everyone can read. No Django here."""
