"""Columns of words in which no canary is planted, each with the reason why."""

WHY_HARMLESS: dict[str, tuple[str, ...]] = {
    "a name of somebody, shown wherever they are": (
        *("people.Person.given_name", "people.Person.family_name", "people.Person.preferred_name"),
        *("people.Person.sort_name", "people.PersonWord.word", "people.ActsFor.name", "people.Concern.raised_by_name"),
        *("people.BestInterests.decided_by_name", "people.CapacityAssessment.assessed_by_name"),
        *("people.ContactPoint.told_by_name", "people.Death.told_by_name", "people.Interpreted.name"),
        *("people.OwnDecision.judged_by_name", "people.RelatedContact.name", "people.RelatedContact.relationship"),
        *("people.ResponsibleAdult.name", "people.ResponsibleAdult.relationship", "people.ResponsibleAdult.email"),
        *("referrals.Referral.referrer_name", "referrals.Referral.referrer_role", "referrals.Referral.referrer_email"),
        *("referrals.Referral.given_name", "referrals.Referral.family_name", "referrals.SentReferral.person_name"),
        *("messaging.ThreadPost.author_name", "onward.OnwardReferral.first_name", "groupwork.MeetingItem.owner_name"),
        *("casework.InterpreterBooking.name", "casework.InterpreterBooking.agency", "casework.MessageBack.recipient"),
        *("casework.Interaction.with_whom", "casework.Action.who", "attachments.Attachment.added_by_name"),
        *("directory.Correction.said_by", "directory.RoomStatement.said_by", "outcomes.Response.proxy"),
        *("directory.ListingChange.asked_by", "directory.Limits.set_by"),
    ),
    "a public fact about a group, its place or its feed": (
        *("directory.CommunityOrganisation", "directory.ImportRun", "directory.Service", "directory.ServiceGap"),
        *("directory.Session", "directory.Source", "directory.Venue", "directory.ChangedDates"),
        *("directory.EligibilityRule", "directory.LinkCheck", "directory.Meaning", "directory.Photograph"),
        *("directory.SchoolBreak", "directory.Correction.value", "directory.Correction.feed_value"),
        *("directory.Correction.feed_now", "directory.FeedWords.since", "directory.Limits.words"),
        *("directory.ListingChange.changes", "directory.ListingChange.answer", "directory.TwiceListed.own"),
    ),
    "told to whoever referred or whom it was sent to, on purpose": (
        *("onward.OnwardReferral.need_words", "onward.OnwardReferral.access_words", "people.Requirement.detail"),
        *("onward.OnwardReferral.decline_reason", "onward.OnwardReferral.group_email", "onward.Attendance.note"),
        *("onward.OnwardReferral.outside_limits",),
        *("referrals.Referral.onward_advice", "referrals.Referral.person_words"),
        *("referrals.DeclineWords.advice", "referrals.DeclineWords.person_words"),
        *("referrals.CameAlong.title", "messaging.ThreadPost.text"),
    ),
    "goes into the summary for the practice and the plan in the person's own hands": (
        *("casework.Action.words", "casework.Goal.words", "casework.Need.words", "casework.PlanVersion.content"),
        *("casework.PlanVersion.why_not", "casework.Case.closing_answer", "casework.Case.closing_note"),
        *("casework.Case.what_did_not_work", "casework.Case.still_open_note", "casework.Case.next_step"),
        *("casework.Interaction.next_step", "people.AboutMe.people_important", "people.AboutMe.how_i_communicate"),
        *("people.AboutMe.my_wellness", "people.AboutMe.please_do", "people.AboutMe.please_do_not"),
        *("people.AboutMe.how_and_when", "people.AboutMe.also_know", "people.AboutMe.supported_by"),
    ),
    "looked at by the test of every message": (
        *("messaging.Message.subject", "messaging.Message.body"),
        *("messaging.Message.once_key", "messaging.Message.held_reason", "messaging.Message.provider_reference"),
    ),
    "said to everybody who may phone or visit, so that nobody is put at risk": (
        *("people.SafeContact.instruction", "people.SafeContact.best_times", "referrals.Referral.safe_notes"),
    ),
    "one of a list, or a word for it, that the report counts": (
        *("people.Person.gender", "people.Person.ethnicity", "people.Person.disability", "people.Person.language"),
        *("people.Person.gp_practice_name", "people.AccessNeeds.language", "people.AccessNeeds.dialect"),
        *("people.AccessNeeds.information", "people.AccessNeeds.adjustments", "people.YoungPerson.school"),
        *("people.YoungPerson.local_authority", "referrals.Referral.language", "referrals.Referral.gp_practice_name"),
        *("casework.InterpreterBooking.wanted", "people.Concern.about", "attachments.Attachment.checked_by"),
        *("outcomes.Response.answers", "outcomes.LoadedPack.content"),
    ),
    "where somebody lives or is reached: walked by the canaries of the restricted person": (
        *("people.ContactPoint.value", "referrals.Referral.email", "referrals.Referral.address"),
        *("casework.Appointment.place", "workforce.Visit.place"),
    ),
    "why a step of the house was done, and never what somebody told": (
        *("core.AuditEvent.purpose", "core.Draft.form", "core.SavedList", "core.SeveralAct.lines"),
        *("core.StateChange.reason", "core.TimelineEntry.summary", "casework.InteractionCorrection.reason"),
        *("casework.MovedInteraction.reason", "casework.SeparateNote.about", "casework.SeparateNote.reason"),
        *("casework.Appointment.cancelled_why", "casework.GotInTheWay.barriers", "casework.HandOver.answer"),
        *("casework.InterpreterBooking.reference",),
        *("people.Death.undone_reason", "people.Disposal.counts", "people.IdentityLink.reason"),
        *("people.RetentionHold.reason", "people.ThirdPartyChoice.reason", "onward.Signpost.how"),
        *("onward.Signpost.note", "messaging.Message.template", "tasks.Task.title"),
        *("referrals.ReferralBatch.file_name", "referrals.ReferralBatch.text", "referrals.ReferralBatch.report"),
    ),
    "the two in supervision choose what stands in the record, and it is read with the conversations": (
        *("workforce.SupervisionDecision.decision", "workforce.Visit.found_note"),
    ),
    "a hospital's own record of its patient and what its systems sent, read by that hospital's staff only": (
        *("hospital.Patient", "hospital.PatientIdentifier", "hospital.Stay", "hospital.Move", "hospital.ReadyPeriod"),
        *("hospital.Inbound", "hospital.Event", "hospital.Feed", "hospital.ListRun", "hospital.ListRow"),
        *("hospital.CandidateReason", "hospital.NotSuitable", "hospital.Offer", "hospital.RuleUse"),
        *("hospital.ProblemMonth", "hospital.AgreedToTell"),
        *("hospital.CommunityHelp", "hospital.HomeItem", "hospital.HomeEvent", "hospital.Programme"),
    ),
    "read on a page of its own: a test of going home looks for it on all others": (
        *("hospital.HomeList.involve", "hospital.HomeList.must_not_tell"),
    ),
    "the name of a hospital, told to those who support somebody who is there": ("hospital.Arrival.site",),
    "about a team's own day and never about one person": (
        *("groupwork.Clinic.room", "groupwork.Clinic.cancelled_why", "groupwork.Meeting.title"),
        *("groupwork.Meeting.place", "groupwork.Meeting.attended", "groupwork.Meeting.cancelled_why"),
        *("groupwork.WorkerSession.topic", "groupwork.WorkerSession.place", "groupwork.WorkerSession.note"),
        *("groupwork.WorkerSession.cancelled_why", "impact.PracticeSize.practice", "impact.PracticeSize.shown"),
        *("impact.SignedMonth.note", "impact.SignedRow.practice", "impact.SignedRow.referrer", "impact.SignedRow.key"),
        *("outcomes.ResultUse.to_whom", "outcomes.ResultUse.what"),
        "evaluations.Evaluation",
        "evaluations.EvaluationResult",
        "showcase.Release",
        "showcase.PublishedRelease",
        *("accounts.BrowsingFlag.note", "accounts.Share.reason", "casework.RecordCode.words"),
    ),
}
HARMLESS = frozenset(each for columns in WHY_HARMLESS.values() for each in columns)


def is_harmless(column: str) -> bool:
    """Whether the column, or its whole table, is named here."""
    return column in HARMLESS or column.rsplit(".", 1)[0] in HARMLESS
