"""Difference in differences where units start at different times (Callaway and Sant'Anna 2021)."""
