"""What can go wrong with the database, in words an operator can act on."""


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


class NotReachable(DatabaseError):
    """No server answers, or it does not let us in."""


class UnsafeDatabase(DatabaseError):
    """The application's login could get round the rules that protect people's records."""
