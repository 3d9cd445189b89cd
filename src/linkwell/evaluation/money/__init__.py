"""What an effect frees: bed days, GP time, visits to A&E, and what that capacity costs, always with an interval."""
