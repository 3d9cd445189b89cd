"""When no number can be given."""

from linkwell.kernel.errors import LinkwellError


class Refused(LinkwellError):
    """The data cannot be used, or will not carry the claim. `.message` is the plain reason; no number goes with it."""
