"""One-time codes that belong to a link: sent to an address already known, tried a few times, used once."""

from linkwell.directory.models import ListingLink
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid
from linkwell.onward import links
from linkwell.onward.models import AnswerLink

CodeLink = AnswerLink | ListingLink
FIELDS = ("code_hash", "code_tries", "code_expires_at")
MINUTES = int(links.CODE_LIFE.total_seconds() // 60)


def renew(link: CodeLink) -> str:
    """A new code in place of any earlier one."""
    code = links.new_code()
    link.code_hash, link.code_tries, link.code_expires_at = links.hashed(code), 0, clock.now() + links.CODE_LIFE
    link.save(update_fields=FIELDS)
    return code


def use(link: CodeLink, code: str) -> bool:
    """Whether this is the code, which is then used up. A wrong one is counted, so the caller must not raise for it.

    Raises Invalid when the code has run out or was tried too often.
    """
    ends = link.code_expires_at
    if not link.code_hash or ends is None or ends < clock.now():
        raise Invalid({"code": "This code has run out. Ask for a new one."})
    if link.code_tries >= links.MOST_CODE_TRIES:
        raise Invalid({"code": "That was too many tries. Ask for a new code."})
    if not links.same(code, link.code_hash):
        link.code_tries += 1
        link.save(update_fields=("code_tries",))
        return False
    link.code_hash, link.code_expires_at = "", None
    link.save(update_fields=FIELDS)
    return True
