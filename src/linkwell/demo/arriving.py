"""What arrives in a made-up team besides single referrals: two people in one, one known already, and a hand-over."""

from linkwell.accounts import actions as accounts
from linkwell.accounts.details import NetworkDetails, OrganisationDetails, RoleDetails, TeamDetails
from linkwell.accounts.queries import my_team, teams_in_networks_with
from linkwell.accounts.rules import Targets
from linkwell.attachments.preparing import Ready
from linkwell.casework import actions as casework
from linkwell.casework import periodic
from linkwell.casework import queries as cases
from linkwell.casework.details import HandOverDetails
from linkwell.casework.rows import CaseRow
from linkwell.core import worker
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.demo.actions import mark_as_demo
from linkwell.demo.place import DemoPlace
from linkwell.documents.letter import Addressee, Letter, Paragraph, Sender, render_letter
from linkwell.kernel import clock
from linkwell.kernel.ids import new_id
from linkwell.people import queries as people
from linkwell.referrals import actions as referrals
from linkwell.referrals.details import ReferralDetails

NEIGHBOUR = "YAR01"


def arrive(place: DemoPlace) -> None:
    """Once for a place. Sorted by name its team comes after the team of the place, which stays the first."""
    if teams_in_networks_with(place.lead.organisation_id):
        return
    _neighbours(place)
    known = [each for each in _supported(place.workers[1]) if not people.kept_apart(place.workers[1], each.person_id)]
    _two_people(place)
    if known:
        _known_already(place, known[0])
    if len(known) > 1:
        _handed_over(place.workers[1], known[1])
    periodic.count_waits(place.system)
    while worker.work_off():
        pass


def _neighbours(place: DemoPlace) -> None:
    """Another organisation in the same network, whom somebody may be handed over to; and a commissioner's targets."""
    basis = "Direct care: public task (made up for the demonstration)"
    details = OrganisationDetails(NEIGHBOUR, "Yarrow Valley Neighbours", "voluntary", legal_basis=basis)
    theirs = system_scope(new_id(), "building the demonstration")
    accounts.add_organisation(scope=theirs, details=details)
    team = TeamDetails(name="Yarrow Valley link workers", phone="01632 960200", area="Yarrow Valley")
    team_id = accounts.add_team(scope=theirs, details=team)
    lead = accounts.invite(
        scope=theirs,
        email="nia.rees@demo.example.org",
        name="Nia Rees",
        details=RoleDetails(Role.TEAM_LEAD, team_id, "Team lead"),
    )
    mark_as_demo(lead.user_id, since=clock.now(), days_a_week=5)
    today = clock.today()
    network = NetworkDetails("Marl and Yarrow", "Made-up sharing agreement", today, today.replace(year=today.year + 1))
    network_id = accounts.add_network(scope=place.administrator, details=network)
    accounts.add_to_network(scope=place.administrator, network_id=network_id, code=NEIGHBOUR)
    team_row = my_team(place.lead)
    if team_row is not None:
        accounts.set_targets(
            scope=place.lead,
            team_id=team_row.id,
            commissioner_id=place.referrers[1].organisation_id,
            targets=Targets(1, 3, 10),
        )


def _supported(scope: Scope) -> list[CaseRow]:
    if scope.user_id is None:
        return []
    return [each for each in cases.caseload(scope, scope.user_id).rows if each.state == "active"]


def _two_people(place: DemoPlace) -> None:
    first = ReferralDetails(
        "Wilf",
        "Harrow",
        phone="01632 960411",
        postcode="WX1 4AB",
        needs=("lonely",),
        why="Has hardly been out since he gave up driving. His wife looks after him.",
        referrer_name="Kim Danso",
        referrer_role="Wexcombe Council",
    )
    second = ReferralDetails(
        "Edie",
        "Harrow",
        postcode="WX1 4AB",
        knows="knows",
        why="Looks after her husband day and night, and is worn out.",
        referrer_name="Kim Danso",
        referrer_role="Wexcombe Council",
    )
    referrals.send_referral(
        scope=place.referrers[2], team=place.team, submission_key=new_id(), details=first, second=second
    )


def _known_already(place: DemoPlace, case: CaseRow) -> None:
    """A second surgery visit, a second referral: the lead adds it to the support that goes on."""
    who = people.contact_card(place.lead, case.person_id).details
    details = ReferralDetails(
        who.given_name,
        who.family_name,
        date_of_birth=who.date_of_birth,
        phone="01632 960412",
        needs=("money",),
        why="Came in about letters from the landlord.",
        referrer_name="Dr Ruth Bell",
        referrer_role="Hallow Lane Surgery",
    )
    sent = referrals.send_referral(
        scope=place.referrers[0], team=place.team, submission_key=new_id(), details=details, file=_letter()
    )
    referrals.decide_duplicate(scope=place.lead, referral_id=sent.referral_id, person_id=case.person_id, same=True)
    casework.join_referral(scope=place.lead, referral_id=sent.referral_id, expected_version=1, case_id=case.id)


def _letter() -> Ready:
    """From a landlord who does not exist, to nobody."""
    words = "Your rent account is behind. Please ring us before the end of the month, so that we can agree what to do."
    letter = Letter(
        sender=Sender("Marl Homes", organisation="Marl Homes", phone="01632 960455"),
        addressee=Addressee("The tenant"),
        written_on=clock.today(),
        subject="Your rent account",
        parts=(Paragraph(words),),
    )
    return Ready("Letter from the landlord.pdf", "pdf", render_letter(letter).pdf)


def _handed_over(scope: Scope, case: CaseRow) -> None:
    [team] = teams_in_networks_with(scope.organisation_id)
    offer = HandOverDetails(
        to_team_id=team.id,
        reason="moved",
        why="Moving in with a daughter in Yarrow Valley next month, and would like to go on.",
        agreed=True,
        parts=("plan", "about_me"),
        still_open_note="We finish what is under way here, and say so to each group.",
    )
    casework.offer_hand_over(scope=scope, case_id=case.id, submission_key=new_id(), offer=offer)
