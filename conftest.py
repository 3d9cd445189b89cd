"""Fixtures every test of the house may use: a real database, the test place, signed-in clients."""

from tests.databases import django_db_setup, own_database
from tests.place import client_for, new_member, place, place_committed
from tests.world import world, world_built

__all__ = ["client_for", "django_db_setup", "new_member", "own_database", "place", "place_committed", "world", "world_built"]
