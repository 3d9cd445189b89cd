"""Something that only a page behind the one-time code holds: whoever sends it back has seen that page lately."""

from django.core import signing

from linkwell.core.scope import Scope
from linkwell.onward.links import CODE_LIFE

_SALT = "linkwell.onward.files"


def proof(scope: Scope) -> str:
    """For the link of this scope, and for as long as a code holds."""
    return signing.dumps([str(each) for each in scope.link], salt=_SALT)


def proves(scope: Scope, text: str) -> bool:
    """Whether it is one of this link's, and not too old."""
    try:
        seen = signing.loads(text, salt=_SALT, max_age=CODE_LIFE)
    except signing.BadSignature:
        return False
    return bool(seen == [str(each) for each in scope.link])
