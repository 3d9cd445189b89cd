"""Writing a story, asking to each use, having it checked, noting where it went, and taking it back."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from linkwell.core import audit, states, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed
from linkwell.outcomes.actions.recording import case_of
from linkwell.outcomes.details import StoryWords
from linkwell.outcomes.models import MilestoneKind, Story, StoryConsent, StoryCopy, StoryUse
from linkwell.outcomes.permissions import ASK
from linkwell.outcomes.queries.stories import agreed_uses
from linkwell.people import queries as people
from linkwell.people.models import AgreementHow
from linkwell.tasks.actions import finish_tasks_about, open_task

CHECK_TASK = "check_story"
# Read outside, where nobody knows who reads.
OUTSIDE = frozenset({StoryUse.PUBLIC, StoryUse.PRINT, StoryUse.SOCIAL})


@submissions.second_sending_finds_the_first
@action(ASK)
def write_story(*, scope: Scope, case_id: UUID, submission_key: UUID, story: StoryWords) -> UUID:
    """Begin a story. The same key again returns the first. Raises Invalid, NotFound, InvalidMove after a death."""
    if first := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent_again", "story", first)
        return first
    case = case_of(scope, case_id)
    people.check_alive(scope, case.person_id)
    _refuse_impossible(scope, case.person_id, story)
    row = Story(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        state="draft",
        author_id=_user(scope),
    )
    _set(row, story)
    line = timeline.Line(case.person_id, "own_story", "Began to tell their story")
    states.begin(scope=scope, row=row, line=line, person_id=case.person_id)
    return submissions.remember(scope, submission_key, row.pk)


@action(ASK)
def change_story(*, scope: Scope, story_id: UUID, expected_version: int, story: StoryWords) -> None:
    """Other words. What was checked is to be checked anew. Raises Conflict, Invalid, InvalidMove, NotFound."""
    row = states.lock(Story, story_id, expected_version=expected_version)
    _refuse_impossible(scope, row.person_id, story)
    _set(row, story)
    row.author_id, row.checked_by, row.checked_at = _user(scope), None, None
    fields = ("title", "called", "words", "tags", "author", "checked_by", "checked_at")
    if row.state == "draft":
        row.version += 1
        row.save(update_fields=["version", *fields])
        states.finish_change(scope=scope, row=row, event="changed", fields=fields, line=None, person_id=row.person_id)
        return
    states.move(scope=scope, row=row, to="draft", fields=fields, person_id=row.person_id)
    finish_tasks_about(scope=scope, about_id=row.pk, kind=CHECK_TASK)


def _set(row: Story, story: StoryWords) -> None:
    row.title, row.called, row.words = story.title.strip(), story.called.strip(), story.words.strip()
    row.tags = [each for each in MilestoneKind.values if each in story.tags]


def _refuse_impossible(scope: Scope, person_id: UUID, story: StoryWords) -> None:
    if not (story.title.strip() and story.called.strip() and story.words.strip()):
        raise Invalid({"words": "Give it a title, words, and what they are called in it."})
    given = people.contact_card(scope, person_id).details
    names = {given.given_name, given.family_name, given.preferred_name}
    if set(story.called.casefold().split()) & {name.casefold() for name in names if name}:
        raise Invalid({"called": "Call them by another name than their own."})


@action(ASK)
def record_story_consent(*, scope: Scope, story_id: UUID, answers: Mapping[str, bool], how: str) -> None:
    """What they said to each use, yes or no. Raises Invalid for a restricted person's story outside, NotFound."""
    row = states.lock(Story, story_id)
    if row.state == "withdrawn":
        raise InvalidMove("This story was taken back.")
    if how not in AgreementHow.values or not set(answers) <= set(StoryUse.values):
        raise Invalid({"how": "Choose how they said so."})
    if people.kept_apart(scope, row.person_id) and any(agreed and use in OUTSIDE for use, agreed in answers.items()):
        raise Invalid({"": "Where they are is kept secret, so their story stays inside."})
    StoryConsent.objects.bulk_create(
        StoryConsent(
            organisation_id=scope.organisation_id,
            story=row,
            use=use,
            agreed=agreed,
            how=how,
            recorded_by_id=_user(scope),
        )
        for use, agreed in answers.items()
    )
    audit.record(scope, "asked", "story", row.pk, person_id=row.person_id, fields=("consents",))
    line = timeline.Line(row.person_id, "own_story", "Said how their story may be used")
    timeline.record(scope, line, object_kind="story", object_id=row.pk)


@action(ASK)
def ask_for_check(*, scope: Scope, story_id: UUID, expected_version: int) -> None:
    """To be read by somebody else before any use. Raises Invalid while they agreed to no use, Conflict, InvalidMove."""
    row = states.lock(Story, story_id, expected_version=expected_version)
    if not agreed_uses(row.pk):
        raise Invalid({"": "Ask them first how it may be used. They have agreed to nothing yet."})
    states.move(scope=scope, row=row, to="checking", person_id=row.person_id)
    open_task(
        scope=scope,
        team_id=row.case.team_id,
        owner_id=None,
        kind=CHECK_TASK,
        title="Read a story before it is used",
        about_kind="story",
        about_id=row.pk,
        due_on=clock.today() + dt.timedelta(days=7),
        person_id=row.person_id,
    )


@action(ASK)
def check_story(*, scope: Scope, story_id: UUID, expected_version: int, note: str = "") -> None:
    """A second person read it: nobody can tell who it is, and nobody is put at risk. With a note it goes back instead.

    Raises NotAllowed for whoever wrote it, Conflict, InvalidMove, NotFound.
    """
    row = states.lock(Story, story_id, expected_version=expected_version)
    if row.author_id == scope.user_id:
        raise NotAllowed("Somebody else has to check what you wrote.")
    row.check_note = note.strip()
    if row.check_note:
        states.move(scope=scope, row=row, to="draft", fields=("check_note",), person_id=row.person_id)
    else:
        row.checked_by_id, row.checked_at = _user(scope), clock.now()
        fields = ("check_note", "checked_by", "checked_at")
        states.move(scope=scope, row=row, to="checked", fields=fields, person_id=row.person_id)
    finish_tasks_about(scope=scope, about_id=row.pk, kind=CHECK_TASK)


@action(ASK)
def record_copy(*, scope: Scope, story_id: UUID, use: str, on: dt.date, place: str) -> UUID:
    """A copy went out. Raises Invalid for a use they did not agree to, InvalidMove for a story that is not checked."""
    row = states.lock(Story, story_id)
    if row.state != "checked":
        raise InvalidMove("Only a story that a second person checked may be used.")
    if use not in agreed_uses(row.pk):
        raise Invalid({"use": "They did not agree to this."})
    if on > clock.today() or not place.strip():
        raise Invalid({"place": "Say where it went, and on which day."})
    copy = StoryCopy.objects.create(
        organisation_id=scope.organisation_id,
        story=row,
        use=use,
        on=on,
        place=place.strip(),
        recorded_by_id=_user(scope),
    )
    audit.record(scope, "used", "story", row.pk, person_id=row.person_id, fields=("use", "on", "place"))
    return copy.pk


@action(ASK)
def withdraw_story(*, scope: Scope, story_id: UUID, expected_version: int, reason: str) -> None:
    """Off our pages at once. Copies that are out stay out, and are listed. Raises Invalid, Conflict, InvalidMove."""
    row = states.lock(Story, story_id, expected_version=expected_version)
    if not reason.strip():
        raise Invalid({"reason": "Say who asked, or why."})
    line = timeline.Line(row.person_id, "own_story", "Took their story back")
    states.move(scope=scope, row=row, to="withdrawn", reason=reason.strip(), line=line, person_id=row.person_id)
    finish_tasks_about(scope=scope, about_id=row.pk, kind=CHECK_TASK)


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    return scope.user_id
