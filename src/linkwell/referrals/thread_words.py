"""From the thread of a referral to words on the screen, for its sender and for the team."""

from collections.abc import Iterable
from typing import Any

from linkwell.attachments.details import FileRow
from linkwell.attachments.presenters import file_lines
from linkwell.kernel import words
from linkwell.referrals.rows import AnswerRow, PostRow

_TO_SENDER = {
    "received": "Received",
    "question": "A question for you",
    "answer": "You wrote",
    "declined": "Could not be taken",
    "in_touch": "In touch with the person",
    "closed": "Support has ended",
    "message": "A message for you",
}
_TO_TEAM = {
    "received": "They heard that we received it",
    "question": "We asked",
    "answer": "They wrote",
    "declined": "They heard that we could not take it",
    "in_touch": "They heard that we are in touch",
    "closed": "They heard that support has ended",
    "message": "We wrote",
}


def for_sender(posts: Iterable[PostRow], files: Iterable[FileRow]) -> list[dict[str, Any]]:
    """The thread, newest first."""
    return _lines(posts, files, _TO_SENDER)


def for_team(posts: Iterable[PostRow], files: Iterable[FileRow]) -> list[dict[str, Any]]:
    """The same for the team that holds the referral."""
    return _lines(posts, files, _TO_TEAM)


def told(answers: Iterable[AnswerRow]) -> list[dict[str, str]]:
    """What was said, newest first, as a line of time on the team's page of the referral."""
    return [
        {"when": words.written_datetime(each.at), "title": _TO_TEAM[each.kind], "body": each.text}
        for each in reversed(list(answers))
    ]


def _lines(posts: Iterable[PostRow], files: Iterable[FileRow], titles: dict[str, str]) -> list[dict[str, Any]]:
    kept = list(files)
    return [
        {
            "id": post.id,
            "when": words.written_datetime(post.at),
            "title": titles[post.kind],
            "body": post.text,
            "who": post.by,
            "is_new": post.is_new,
            "files": file_lines(each for each in kept if each.came_with == post.id),
        }
        for post in reversed(list(posts))
    ]


def with_the_referral(files: Iterable[FileRow], posts: Iterable[PostRow]) -> list[dict[str, Any]]:
    """Files that came with the referral itself and not with a message."""
    said = {post.id for post in posts}
    return file_lines(each for each in files if each.came_with not in said)
