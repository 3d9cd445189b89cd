"""Plain words for kinds of activity, needs and tags: what people type, and what it means.

One table serves both sides: it sorts services that come without terms, and it widens what somebody
searches for. Words are folded (small letters, no accents) and matched whole; two or more words
match as a phrase. The codes are those of `kernel.codes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from linkwell.kernel.codes import NEEDS, SERVICE_KINDS

KINDS: dict[str, str] = {
    "social_group": """social group; social groups; social club; social; coffee morning; lunch club; friends;
        make friends;
        making friends; friendship; mates; company; meet people; meeting people; cafe; chat; natter; befriending;
        get together; drop in; games; bingo; quiz; karaoke; peer group; peer support; social activity;
        loneliness; lonely; isolated; isolation; nobody to talk to; someone to talk to""",
    "swimming_group": """swimming group; swimming groups; swimming; swim; swimmers; swims; pool; aqua; hydro;
        aquafit; in the water; learn to swim""",
    "sports_club": """sports club; sports clubs; sport; sports; sporty; football; walking football; bowls;
        cricket; tennis;
        table tennis; badminton; running; couch to 5k; jogging; boccia; rugby; netball; exercise class; keep fit; gym;
        fitness; walking group; cycling""",
    "course": """course; courses; class for beginners; lessons; learn; learning; training; workshop; evening class;
        adult education; study; esol; english class; english classes; english lessons; qualification; certificate""",
    "food_bank": """food bank; food banks; foodbank; foodbanks; food parcel; food parcels; food voucher;
        pantry; larder;
        free food; free meal; hungry; nothing to eat; no food; emergency food; community fridge; soup kitchen""",
    "community_group": """community group; community groups; neighbours; neighbour; good neighbours; allotment;
        allotments; community garden; gardening; choir; mens shed; men s shed; repair cafe; volunteering group;
        mutual aid; litter picking; conservation; residents""",
    "dancing_class": """dancing class; dancing classes; dance; dancing; dances; dance class; tea dance;
        ballroom; salsa;
        ceilidh; zumba; bollywood; line dancing; waltz""",
    "history_group": """history group; history groups; history; local history; family history; family tree; genealogy;
        heritage; museum; archive; archives; old photographs; old photos; reminiscence; ancestors; memories""",
}

NEED_WORDS: dict[str, str] = {
    "lonely": """lonely; loneliness; isolated; isolation; alone; company; friends; make friends; meet people;
        befriending;
        on my own; nobody to talk to; someone to talk to; mates""",
    "money": """money; debt; debts; bills; benefits; benefit; skint; broke; arrears; bailiffs; energy bills;
        universal credit;
        pip; cost of living; heating; council tax; poverty; afford; finance; warm space; warm spaces; warm room""",
    "housing": """housing; home; homeless; homelessness; eviction; evicted; landlord; tenant; rent; damp;
        mould; sofa surfing;
        rough sleeping; council house; tenancy; cold home""",
    "bereaved": """bereaved; bereavement; grief; grieving; died; someone died; has died; passed away; lost my husband;
        lost my wife; lost my mum; lost my dad; widow; widowed; widower; loss; funeral; miscarriage; stillbirth""",
    "carer": """carer; carers; caring; looking after; look after; cares for; respite; young carer; young carers""",
    "low_mood": """low mood; depression; depressed; anxiety; anxious; worry; worried; stress; stressed; mental health;
        feeling down; sad; panic; sleep; wellbeing""",
    "more_active": """active; exercise; fitness; keep fit; fit; moving; move more; walk; walks; walking; sport; swim;
        swimming; dancing; gentle exercise; lose weight; weight""",
    "work": """work; job; jobs; employment; unemployed; cv; career; volunteer; volunteers; volunteering; training;
        skills; work club; apprenticeship; learning""",
    "food": """food; hungry; food bank; foodbank; eating; meals; cooking; cook; nutrition; nothing to eat; lunch""",
    "long_term_condition": """long term condition; health condition; pain; chronic pain; arthritis; diabetes;
        stroke; copd;
        heart; cancer; fibromyalgia; disability; disabled; learning disability; fatigue; long covid; ms;
        parkinsons""",
    "memory": """memory; dementia; alzheimers; alzheimer; forgetful; memory loss; memory cafe""",
    "getting_about": """transport; lift; lifts; driver; getting about; housebound; mobility;
        confidence outside; shopmobility;
        community transport; hospital appointment; get out""",
    "daily_living": """shopping; cleaning; cooking; equipment; managing at home; handyman; odd jobs;
        prescription; gardening help;
        falls; home help""",
    "family": """family; families; parent; parents; parenting; mum; mums; dad; dads; baby; toddler; children;
        relationship;
        grandparents; breastfeeding""",
    "drink_drugs": """alcohol; drinking; drugs; drug; gambling; sober; sobriety; recovery; addiction;
        substance misuse""",
    "legal": """legal; rights; immigration; asylum; refugee; refugees; solicitor; law; visa; tribunal; appeal""",
    "online": """computer; computers; tablet; smartphone; phone lessons; internet; getting online; digital; it skills;
        digital skills; wifi; laptop""",
    "safe": """domestic abuse; domestic violence; abuse; unsafe; hate crime; crime; safety; refuge""",
}

TAGS: dict[str, str] = {
    "women_only": "women only; womens group; for women; ladies; woman only; female only",
    "men_only": "men only; mens group; mens shed; men s shed; for men; male only; blokes; lads",
    "lgbt": "lgbt; lgbtq; gay; lesbian; bisexual; trans; queer; transgender; rainbow",
    "learning_disability": "learning disability; learning disabilities; learning difficulties; autism; autistic",
    "faith": """run by a church; run by a faith group; church; faith; chapel; mosque; gurdwara; synagogue;
        temple; parish;
        prayer""",
    "by_telephone": "by telephone; telephone befriending; by phone",
    "online": "online; virtual; video call; zoom; webinar",
}

# What "church" also stands for when somebody says "not church", and other short ways of speaking.
ALSO: dict[str, str] = {
    "church": "church; chapel; parish; vicar; prayer; worship; christian",
    "religious": "church; chapel; mosque; gurdwara; temple; synagogue; faith; prayer; worship",
    "religion": "church; chapel; mosque; gurdwara; temple; synagogue; faith; prayer; worship",
    "faith": "church; chapel; mosque; gurdwara; temple; synagogue; faith; prayer; worship",
    "swim": "swimming; pool",
    "singing": "choir; sing; song",
    "sing": "choir; singing; song",
    "knitting": "crochet; craft; wool; sewing",
    "art": "painting; drawing; craft; artist",
    "gardening": "allotment; garden; grow; plants",
    "garden": "allotment; gardening; grow",
    "esol": "english; language",
    "dementia": "memory; forgetful",
    "grief": "bereavement; grieving; loss",
    "kids": "children; family; toddler",
    "pub": "evening; cafe",
    "photos": "photographs; archive",
    "warm": "soup; heating",
    "died": "bereavement; bereaved; grief; grieving",
    "dying": "hospice; bereavement; palliative",
    "widow": "bereavement; bereaved; grief",
    "widower": "bereavement; bereaved; grief",
    "husband": "partner; family; carer",
    "wife": "partner; family; carer",
    "mum": "mother; parent",
    "dad": "father; parent",
    "son": "child; parent",
    "daughter": "child; parent",
    "baby": "babies; parent; maternal; toddler",
    "toddler": "under 5; stay and play; parent",
    "teenager": "young people; youth",
    "teenage": "young people; youth",
    "hungry": "foodbank; food bank; meal",
    "eat": "food; meal; lunch",
    "meals": "meal; lunch; food",
    "debt": "money; bailiffs; bills; arrears",
    "owe": "debt; money",
    "bailiffs": "debt; money advice",
    "bills": "energy; debt; money",
    "heat": "energy; warm; heating",
    "heating": "energy; warm",
    "benefits": "welfare; pip; universal credit",
    "benefit": "welfare; pip; universal credit",
    "pip": "benefits; welfare",
    "rent": "tenancy; landlord; housing; arrears",
    "evicted": "eviction; homeless; housing",
    "eviction": "homeless; housing; tenancy",
    "landlord": "housing; tenancy; eviction",
    "homeless": "homelessness; rough sleeping; hostel; shelter",
    "drinking": "alcohol; alcoholics; sober",
    "drink": "alcohol; alcoholics; sober",
    "drinks": "alcohol; alcoholics",
    "gambling": "gamble; gamblers; betting",
    "gambles": "gambling; gamblers",
    "betting": "gambling",
    "tablets": "prescription; medication",
    "depressed": "depression; low mood; mental health",
    "depression": "low mood; mental health",
    "anxious": "anxiety; worry; mental health",
    "worry": "anxiety; worried; stress",
    "panic": "anxiety; phobia",
    "shy": "social anxiety; confidence",
    "suicidal": "suicide; crisis",
    "counselling": "counsellor; therapy; talking therapies",
    "talk": "listening; chat; counselling; befriending",
    "lonely": "loneliness; isolated; isolation; befriending; friendship",
    "alone": "loneliness; isolated",
    "friends": "friendship; social; befriending",
    "hits": "domestic abuse; violence",
    "hurts": "pain; abuse",
    "raped": "rape; sexual violence; sexual assault",
    "rape": "sexual violence; sexual assault",
    "burgled": "victims; crime; burglary",
    "racist": "racism; hate crime",
    "gay": "lgbt; lesbian; bisexual; homophobic",
    "trans": "transgender; gender identity",
    "autism": "autistic; asd",
    "autistic": "autism; asd",
    "memory": "dementia; alzheimers",
    "forgetful": "dementia; memory",
    "forgetting": "dementia; memory",
    "carer": "carers; caring; respite",
    "caring": "carers; carer; respite",
    "break": "respite; sitting service",
    "stroke": "aphasia; rehabilitation",
    "deaf": "hearing; bsl; lip reading",
    "hear": "hearing; deaf; lip reading",
    "blind": "sight loss; visual impairment",
    "sight": "blind; visual impairment",
    "falling": "falls; alarm; telecare",
    "fall": "falls; alarm; telecare",
    "shower": "bathroom; adaptations; adapted",
    "clutter": "hoarding; declutter; decluttering",
    "hoarding": "declutter; decluttering",
    "lift": "transport; minibus; driver",
    "bus": "transport; minibus",
    "wheelchair": "shopmobility; mobility; step free; hoist; ramp; seated",
    "bike": "cycling; bicycle; cycle",
    "ride": "cycling; bicycle",
    "walk": "walking; walks; stroll",
    "walks": "walking; stroll",
    "exercise": "fitness; movement; yoga; active",
    "joints": "mobility; arthritis; low impact",
    "dance": "dancing; ballroom; zumba",
    "yoga": "pilates; stretching",
    "job": "employment; work; cv; careers",
    "cv": "job; employment; careers",
    "work": "employment; job; careers",
    "computer": "digital; it skills; laptop; internet",
    "volunteer": "volunteering; volunteers",
    "useful": "volunteering; volunteers",
    "refugee": "asylum; migrants; refugees",
    "fled": "refugees; asylum",
    "cantonese": "chinese; mandarin",
    "mandarin": "chinese; cantonese",
    "indian": "asian; south asian",
    "army": "veterans; armed forces; military",
    "veteran": "armed forces; military; veterans",
    "dog": "pets; pet; animals",
    "cat": "pets; pet; animals",
    "mend": "repair; fix",
    "fix": "repair; mend",
    "sewing": "fabrics; textiles; knitting; craft",
    "ancestors": "genealogy; family history",
    "grandparents": "genealogy; grandchildren; family",
    "furniture": "second hand; reuse",
    "cancer": "tumour; oncology; macmillan",
    "pregnant": "pregnancy; antenatal; midwife",
    "menopause": "hot flushes; perimenopause",
    "flushes": "menopause",
    "complain": "complaint; complaints; advocacy",
    "soil": "gardening; allotment; growing",
    "trees": "woodland; nature; forest",
    "painting": "art; arts; craft; creative",
}

_MARKS = re.compile(r"[^a-z0-9]+")
_TERM_NAMES = {
    table: {name.lower(): entry.code for entry in entries for name in (entry.plain, entry.code.replace("_", " "))}
    for table, entries in (("kinds", SERVICE_KINDS), ("needs", NEEDS))
}


def fold(text: str) -> str:
    """Small letters without accents, and one space between words: "Café – men's" is "cafe men s"."""
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(ch for ch in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(ch))
    return _MARKS.sub(" ", bare).strip()


@cache
def phrases(table: str) -> dict[str, frozenset[str]]:
    """Each phrase of a table ("kinds", "needs", "tags") with the codes it speaks of."""
    found: dict[str, set[str]] = {}
    for code, listed in {"kinds": KINDS, "needs": NEED_WORDS, "tags": TAGS}[table].items():
        for phrase in (fold(each) for each in listed.split(";")):
            found.setdefault(phrase, set()).add(code)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}


def codes_in(text: str, table: str) -> frozenset[str]:
    """The codes whose phrases occur in already folded text."""
    padded = f" {text} "
    return frozenset(code for phrase, codes in phrases(table).items() if f" {phrase} " in padded for code in codes)


def needs_alone(text: str) -> frozenset[str]:
    """Needs the text speaks of in words that do not already name a kind of activity.

    Somebody who asks for swimming wants swimming groups, not everything that is good for being active.
    """
    padded = f" {text} "
    return frozenset(
        code
        for phrase, codes in phrases("needs").items()
        if f" {phrase} " in padded and phrase not in phrases("kinds")
        for code in codes
    )


def code_of_term(name: str, table: str) -> frozenset[str]:
    """The codes a term of a vocabulary speaks of: our own plain name, or any phrase that is the whole term."""
    exact = _TERM_NAMES.get(table, {}).get(name.lower())
    if exact is not None:
        return frozenset({exact})
    return phrases(table).get(fold(name), frozenset())


def also(word: str) -> tuple[str, ...]:
    """Other words a word stands for in a search, itself first."""
    return tuple(dict.fromkeys([word, *(fold(each) for each in ALSO.get(word, "").split(";") if each.strip())]))


def plain_kinds(codes: Iterable[str]) -> tuple[str, ...]:
    given = set(codes)
    return tuple(entry.plain for entry in SERVICE_KINDS if entry.code in given)


def plain_needs(codes: Iterable[str]) -> tuple[str, ...]:
    given = set(codes)
    return tuple(entry.plain for entry in NEEDS if entry.code in given)
