"""Plays made-up lives through the same actions as real people, each event at the moment it is said to happen."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

import time_machine

from linkwell.accounts.scopes import link_scope, public_scope
from linkwell.casework import actions as casework
from linkwell.casework import queries as cases
from linkwell.casework.details import (
    AppointmentDetails,
    ClosingDetails,
    ConversationDetails,
    ExtensionDetails,
    NumberCheckDetails,
    PauseDetails,
    StepDetails,
    ToldAgreements,
)
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.core.scope import Scope
from linkwell.demo.deciding import record_made_up_capacity
from linkwell.demo.place import DemoPlace
from linkwell.demo.queries import link_of, referral_version, services_by_name, version_of
from linkwell.demo.story import Event, Life
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.kernel.working_days import is_working_day, next_working_day
from linkwell.onward import actions as onward
from linkwell.onward.details import OnwardDetails, SignpostDetails
from linkwell.people import actions as people
from linkwell.people.access import AccessWords
from linkwell.people.death import DeathDetails
from linkwell.people.details import AboutMeWords, ConcernDetails, SafeAnswers
from linkwell.people.queries import contact_card, needs_interpreter
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails
from linkwell.referrals.reasons import BY_CODE
from linkwell.tasks.actions import finish_tasks_about

Progress = Callable[[str, int, int], None]
PRACTICES = ("Hallow Lane Surgery", "Marl Street Practice", "Riverside Family Practice")
ETHNICITIES = ("White British", "Black African", "Indian", "White and Black Caribbean", "Polish")
DISABILITIES = ("None", "Arthritis", "Hard of hearing", "Prefers not to say")
DECLINED = ("not_agreed", "out_of_area", "social_care", "elsewhere", "no_room", "clinical")
ROLES = ("GP", "Occupational therapist", "Housing officer")


def play_all(place: DemoPlace, lives: Iterable[Life], total: int, progress: Progress) -> None:
    """Play every life; progress is told after each."""
    services = services_by_name(place.system)
    for number, life in enumerate(lives, start=1):
        Player(place, life, services).play()
        progress("Living made-up lives", number, total)


class Player:
    """One life. Holds what earlier events made, because later ones act on it."""

    referral_id: UUID
    case_id: UUID
    person_id: UUID
    onward_id: UUID
    appointment_id: UUID

    def __init__(self, place: DemoPlace, life: Life, services: dict[str, tuple[UUID, bool]]) -> None:
        self.place, self.life, self.services = place, life, services
        self.worker = place.workers[life.worker]

    def play(self) -> None:
        today = clock.today()
        for event in self.life.events:
            moment = _at(today, event)
            with time_machine.travel(moment, tick=True):
                getattr(self, event.what)(event)
                # What follows happens on its day too: e-mails, and the duty person's warning before anybody decides.
                while worker.work_off():
                    pass

    def referred(self, event: Event) -> None:
        """A professional of one of three organisations refers."""
        sender = self.place.referrers[event.choice]
        details = self._referral("professional", referrer_name=sender.actor_name, referrer_role=ROLES[event.choice])
        made = referrals.send_referral(scope=sender, team=self.place.team, submission_key=new_id(), details=details)
        self.referral_id = made.referral_id

    def asked(self, event: Event) -> None:
        """The person asks for help on the public page."""
        made = referrals.receive_from_public(
            scope=public_scope(self.place.team),
            team=self.place.team,
            submission_key=new_id(),
            details=self._referral("self", safe_text=event.choice == 1 or None),
        )
        self.referral_id = made.referral_id

    def _referral(self, source: str, **more: object) -> ReferralDetails:
        who, theme = self.life.who, self.life.theme
        return ReferralDetails(
            given_name=who.given_name,
            family_name=who.family_name,
            source=source,
            date_of_birth=who.date_of_birth,
            phone=who.phone,
            address=who.address,
            postcode=who.postcode,
            gp_practice_name=self._practice(),
            language=who.language,
            interpreter=bool(who.language) and self.life.number % 2 == 0,
            needs=(theme.need,),
            why=self.life.danger_words or (f"{theme.like_to_change}." if source == "self" else theme.why),
            safe_phone=True,
            **more,  # type: ignore[arg-type]
        )

    def declined(self, event: Event) -> None:
        """The lead cannot take it, for one reason after another."""
        reason = DECLINED[event.choice % len(DECLINED)]
        referrals.decline(
            scope=self.place.lead,
            referral_id=self.referral_id,
            expected_version=referral_version(self.place.lead, self.referral_id),
            reason=reason,
            advice=BY_CODE[reason].usual.advice,
        )

    def _practice(self) -> str:
        """A practice refers its own people; others are with any of three."""
        first = self.life.events[0]
        own = first.what == "referred" and first.choice == 0
        return PRACTICES[0 if own else self.life.number % len(PRACTICES)]

    def accepted(self, event: Event) -> None:
        """The lead accepts, and gives the case to a worker or (choice -1) to the waiting list."""
        worker_id = None if event.choice == -1 else self.worker.user_id
        self.case_id = casework.accept_referral(
            scope=self.place.lead,
            referral_id=self.referral_id,
            expected_version=referral_version(self.place.lead, self.referral_id),
            worker_id=worker_id,
        )
        self.person_id = cases.case(self.place.lead, self.case_id).person_id

    def tried(self, event: Event) -> None:
        self._write_up("tried", "No answer. Left no message: nobody has said that is safe.")

    def number_checked(self, event: Event) -> None:
        """Whoever referred them says that the number is right."""
        details = NumberCheckDetails("practice", "right", clock.today(), "Reception")
        casework.check_number(scope=self.worker, case_id=self.case_id, details=details)

    def not_reached(self, event: Event) -> None:
        self._close(ClosingDetails("not_reached", note="Tried by phone, the only way that is safe."))

    def paused(self, event: Event) -> None:
        """A planned operation, and a few weeks to get over it."""
        version = cases.case(self.worker, self.case_id).version
        details = PauseDetails("hospital", clock.today() + dt.timedelta(days=24), "A new hip")
        casework.pause(scope=self.worker, case_id=self.case_id, expected_version=version, details=details)

    def worried(self, event: Event) -> None:
        """Something the worker saw: a safeguarding concern, which every other one the lead has taken already."""
        concern = ConcernDetails(
            about=self.life.who.given_name,
            what_happened="Their nephew holds their bank card. There was no food in the house.",
            their_words="He is only helping me.",
            wants="To have the card back, without a quarrel",
            agreed_to_share=True,
        )
        concern_id = people.raise_concern(scope=self.worker, person_id=self.person_id, concern=concern)
        if self.life.number % 60 == 10:
            again = clock.today() + dt.timedelta(days=3)
            people.take_concern(scope=self.place.lead, concern_id=concern_id, expected_version=1, next_date=again)

    def asked_longer(self, event: Event) -> None:
        details = ExtensionDetails(4, 0, "The move to a flat without stairs is next month.")
        casework.ask_for_longer(scope=self.worker, case_id=self.case_id, details=details)

    def agreed_time(self, event: Event) -> None:
        """A short time later the same day, not the one that others of the same worker have."""
        start = clock.now() + dt.timedelta(minutes=60 + 15 * (self.life.number // 30 % 4))
        details = AppointmentDetails(starts_at=start, kind="phone", minutes=15)
        self.appointment_id = casework.book_appointment(scope=self.worker, case_id=self.case_id, details=details)

    def missed(self, event: Event) -> None:
        self._write_up("missed", "Rang at the time we agreed. No answer.", self.appointment_id)

    def talked_first(self, event: Event) -> None:
        """The first conversation: safe contact asked alone, what matters, risks, who may hear."""
        answers = SafeAnswers(
            phone=True,
            voicemail=event.hour % 2 == 0,
            text=True,
            email=False,
            letter=self.life.number % 3 != 0,
            best_times="Mornings" if event.hour % 2 else "",
            instruction="Never phone the house line." if self.life.number % 17 == 5 else "",
            asked_alone=True,
            told_by="person",
        )
        told = contact_card(self.worker, self.person_id).contacts
        people.record_safe_contact(
            scope=self.worker,
            person_id=self.person_id,
            answers=answers,
            numbers={row.id: "theirs" for row in told},
        )
        about = AboutMeWords(matters_most=self.life.theme.matters)
        people.record_about_me(scope=self.worker, person_id=self.person_id, expected_version=0, about=about)
        people.record_risk(scope=self.worker, person_id=self.person_id, none_known=True)
        self._ask_about_access()
        self._ask_about_themselves()
        if self.life.number % 6 == 1:
            people.add_requirement(
                scope=self.worker,
                person_id=self.person_id,
                kind="access",
                detail="Step-free entry and a seat near the door",
            )
        said = ToldAgreements(asked_alone=True, referrer_in_touch=True, referrer_closed=True, gp_summary=True)
        casework.record_who_may_hear(scope=self.worker, case_id=self.case_id, answers=said)
        self._write_up("talked", self.life.theme.note)

    def _ask_about_themselves(self) -> None:
        """Two in three are asked how they would describe themselves; the report says of how many nobody knows."""
        number = self.life.number
        if number % 3 == 0:
            return
        card = contact_card(self.worker, self.person_id)
        details = replace(
            card.details,
            ethnicity=ETHNICITIES[number % len(ETHNICITIES)],
            disability=DISABILITIES[number % len(DISABILITIES)],
            language=card.details.language or "English",
        )
        people.change_person(
            scope=self.worker, person_id=self.person_id, expected_version=card.version, details=details
        )

    def _ask_about_access(self) -> None:
        """Language, an interpreter and how they read: some need nothing, and were asked."""
        who, number = self.life.who, self.life.number
        if not who.language and number % 9 != 4:
            return
        access = AccessWords(
            language=who.language,
            interpreter="spoken" if who.language else "none",
            interpreter_gender="woman" if who.pronouns == "she/her" else "any",
            reading="large" if number % 9 == 4 else "standard",
        )
        people.record_access(scope=self.worker, person_id=self.person_id, expected_version=0, access=access)

    def talked(self, event: Event) -> None:
        """A later conversation; whatever the groups said before it is dealt with."""
        if hasattr(self, "onward_id"):
            for kind in ("onward_answer", "onward_attendance"):
                finish_tasks_about(scope=self.worker, about_id=self.onward_id, kind=kind)
        self._write_up("talked", "Good news: it is going well. Talked about what comes next, in their words.")

    def _write_up(self, outcome: str, note: str, appointment_id: UUID | None = None) -> None:
        now = clock.now()
        casework.write_up(
            scope=self.worker,
            case_id=self.case_id,
            submission_key=new_id(),
            conversation=ConversationDetails(
                kind="phone" if outcome == "tried" or self.life.number % 3 else "home",
                outcome=outcome,
                appointment_id=appointment_id,
                happened_at=now,
                note=note,
                interpreted_by="professional" if outcome == "talked" and self.life.who.language else "",
                minutes=None if outcome == "tried" else 35,
                next_step="Phone again" if outcome == "tried" else "See how it went",
                next_date=clock.today() + dt.timedelta(days=2 if outcome == "tried" else 14),
            ),
        )

    def planned(self, event: Event) -> None:
        theme = self.life.theme
        plan = cases.plan(self.worker, self.case_id)
        need_id = casework.add_need(scope=self.worker, plan_id=plan.id, words=theme.like_to_change, code=theme.need)
        importance = 6 + self.life.number % 5
        goal_id = casework.add_goal(scope=self.worker, need_id=need_id, words=theme.goal, importance=importance)
        step = StepDetails(
            words=theme.step,
            who=self.life.who.given_name,
            due_on=clock.today() + dt.timedelta(days=10),
            confidence=3 + self.life.number % 6,
        )
        casework.add_step(scope=self.worker, goal_id=goal_id, step=step)
        version = cases.plan(self.worker, self.case_id).version
        casework.agree_plan(scope=self.worker, plan_id=plan.id, expected_version=version, agreed=True, how="spoken")

    def referred_onward(self, event: Event) -> None:
        service_id = self._service(takes_referrals=True)
        details = OnwardDetails(need_words=self.life.theme.group_words.capitalize(), may_share_phone=True)
        self.onward_id = onward.refer_onward(
            scope=self.worker, case_id=self.case_id, service_id=service_id, submission_key=new_id(), details=details
        )

    def signposted(self, event: Event) -> None:
        onward.signpost(
            scope=self.worker,
            case_id=self.case_id,
            service_id=self._service(takes_referrals=False),
            submission_key=new_id(),
            details=SignpostDetails(how="told"),
        )

    def _service(self, *, takes_referrals: bool) -> UUID:
        wanted = [self.services[name] for name in self.life.theme.services if name in self.services]
        return next(service_id for service_id, takes in wanted if takes or not takes_referrals)

    def answered(self, event: Event) -> None:
        """Seven of ten groups say yes; the others have a waiting list, a question, or no room."""
        scope, version = self._group()
        if event.choice < 7:
            onward.answer_yes(scope=scope, expected_version=version, starts_on=clock.today() + dt.timedelta(days=3))
        elif event.choice == 7:
            onward.answer_waiting(scope=scope, expected_version=version, weeks=4)
        elif event.choice == 8:
            onward.answer_ask(
                scope=scope, expected_version=version, text="Will they come with somebody the first time?"
            )
        else:
            onward.answer_no(scope=scope, expected_version=version, reason="We are full")

    def came(self, event: Event) -> None:
        scope, version = self._group()
        onward.say_attendance(scope=scope, expected_version=version, on=clock.today(), came=event.choice != 0)

    def _group(self) -> tuple[Scope, int]:
        scope = link_scope(self.place.system.organisation_id, link_of(self.onward_id), self.onward_id)
        return scope, version_of(self.worker, self.onward_id)

    def booked(self, event: Event) -> None:
        day = clock.today() + dt.timedelta(days=event.choice // 2)
        day = day if is_working_day(day) else next_working_day(day)
        start = self._free_from(clock.at(day, dt.time(10 + event.choice, 30)))
        home = self.life.number % 3 == 0
        details = AppointmentDetails(
            starts_at=start, kind="home" if home else "phone", place=self.life.who.address if home else ""
        )
        casework.book_appointment(scope=self.worker, case_id=self.case_id, details=details)

    def _free_from(self, start: dt.datetime) -> dt.datetime:
        """The first time from then on that is long enough and not taken."""
        with scoped(self.worker):
            minutes = casework.usual_minutes(interpreter=needs_interpreter(self.worker, self.person_id))
        me = self.worker.user_id
        while me and (taken := cases.clashes(self.worker, me, start, minutes)):
            start = taken[-1].ends_at
        return start

    def judged(self, event: Event) -> None:
        """Somebody who cannot decide about money now, and whose daughter is their attorney for it."""
        record_made_up_capacity(self.worker, self.person_id)

    def died(self, event: Event) -> None:
        """Their family rang. Nobody has made sure yet for every other one."""
        sure = self.life.number % 60 == 29
        details = DeathDetails("family", confirmed=sure, year=clock.today().year, month=clock.today().month)
        people.record_death(scope=self.worker, person_id=self.person_id, details=details)

    def _close(self, closing: ClosingDetails) -> None:
        version = cases.case(self.worker, self.case_id).version
        casework.close(scope=self.worker, case_id=self.case_id, expected_version=version, closing=closing)

    def closed(self, event: Event) -> None:
        plan = cases.plan(self.worker, self.case_id)
        state = ("reached", "reached", "partly", "set_aside")[event.choice]
        reason = ("goals_met", "goals_met", "partly_met", "no_longer")[event.choice]
        closing = ClosingDetails(
            reason=reason,
            answer="“I manage well now, thank you.”" if reason == "no_longer" else "",
            note="Going on alone, and knows how to come back.",
            what_did_not_work="The first group was too noisy; the second was right." if event.choice == 2 else "",
            goals=tuple((goal.id, state) for goal in plan.goals),
            still_open_note="The group goes on without us.",
        )
        self._close(closing)
        for recipient in cases.recipients(self.worker, self.case_id):
            summary_id = casework.prepare_message_back(
                scope=self.worker, case_id=self.case_id, recipient_organisation_id=recipient.organisation_id
            )
            casework.send_message_back(scope=self.worker, summary_id=summary_id)


def _at(today: dt.date, event: Event) -> dt.datetime:
    """The event's moment; on working days only, and never after now."""
    day = today - dt.timedelta(days=event.days_ago)
    moment = clock.at(day, dt.time(event.hour, 7 + event.choice % 40))
    return min(moment, clock.now())
