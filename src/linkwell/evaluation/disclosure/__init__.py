"""Disclosure control: what anybody may read. Numbers become cells that only the gate can make."""
