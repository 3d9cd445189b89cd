"""Showing sessions, clinics and meetings."""
