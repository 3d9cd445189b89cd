"""The pure part: what events say, worked out into patients and stays. No Django, no clock, no database."""
