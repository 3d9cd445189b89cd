"""What made-up people want, and what is written about it. One theme holds together: need, words, goal, group."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A need from beginning to end, of people of these ages. `services` are names in the fictional feed."""

    need: str
    ages: tuple[int, int]
    why: str
    matters: str
    like_to_change: str
    goal: str
    step: str
    note: str
    group_words: str
    services: tuple[str, ...]


THEMES = (
    Theme(
        "lonely",
        (66, 94),
        "Lives alone since retiring and says whole days go by without talking to anyone. Would like company.",
        "Having somebody to laugh with. I used to run the tea stall at the market and I miss the noise of it.",
        "I would like to see people in the week, not just on Sundays",
        "Go to something every week where they know my name",
        "Visit the Tuesday Table once, with my link worker the first time",
        "Talked about the market days. Evenings are long. Nervous about walking in, so we go together the first time.",
        "would like company at lunch time and a friendly face at the door on the first visit",
        ("Tuesday Table", "Friday Lunch Club", "Shuttle Row Social"),
    ),
    Theme(
        "bereaved",
        (48, 92),
        "Lost their partner in the spring. Sleeping badly, not going out. Has said yes to someone calling.",
        "That people still say their name. And my garden, when I can face it.",
        "I would like the evenings to feel less long",
        "Have one thing to look forward to each week",
        "Phone the bereavement café and ask what the first visit is like",
        "Spoke mostly about the two of them, which helped. Would like to meet others who have lost someone.",
        "would like to meet others who have lost someone, in a small group",
        ("The Bereavement Café", "Walking with Grief"),
    ),
    Theme(
        "money",
        (24, 61),
        "Gas and electricity debts, hours cut at work. Worried about the winter. Not in crisis today.",
        "My children not noticing that we are short.",
        "I would like to open the post without feeling sick",
        "Know exactly what we owe and have a plan that holds",
        "Take all the letters to the debt adviser, opened or not",
        "Went through three letters together on the phone. Will see the debt adviser, and ask about benefits.",
        "would like help with energy debts and a check of benefits",
        ("Debt and Bills Advice", "Benefits Check and Forms"),
    ),
    Theme(
        "more_active",
        (45, 80),
        "Knee pain, out of breath on the stairs. Would like to move more but is put off by gyms.",
        "Getting down on the floor with my granddaughter, and up again.",
        "I would like to walk to the weir and back without stopping",
        "Move for half an hour, three times a week, with other people",
        "Try the Gentle Swim on a Wednesday",
        "Used to swim when young. The changing rooms are the worry, so we looked at how they are. Water hurts less.",
        "would like to get moving again in water, slowly, with knee pain",
        ("Gentle Swim", "Marl Strollers walking group", "Sit and Be Sporty"),
    ),
    Theme(
        "carer",
        (55, 88),
        "Cares for a partner who has dementia. Tired, has given up seeing friends. Would accept help.",
        "Two hours a week that are mine, and knowing all is well at home in them.",
        "I would like a bit of time that is mine",
        "One afternoon a week off, without worrying",
        "Ask the carers' hour about somebody sitting in",
        "Does everything at home. Laughed when I asked about time off. We talked about the Forget-me-not Café.",
        "cares for a partner who has memory problems, and would like to meet other carers",
        ("The Carers’ Hour", "The Forget-me-not Café"),
    ),
    Theme(
        "low_mood",
        (28, 64),
        "Low for some months after losing work. Not in danger. Would rather do something than take tablets.",
        "Making things with my hands. Being useful.",
        "I would like a reason to get up in the morning",
        "Be somewhere useful two mornings a week",
        "Look in at the Tannery Shed on a Thursday",
        "Shed appeals, talking groups do not. Sleep is poor. Has the numbers to call if it gets worse.",
        "would like to make and mend things with others, no pressure to talk",
        ("The Tannery Shed", "Paint Without Rules", "Repair Saturday"),
    ),
    Theme(
        "work",
        (22, 58),
        "Out of work for two years after an illness. Wants to try again, slowly. Anxious about forms.",
        "Earning my own money again.",
        "I would like to feel employable",
        "Be in some kind of work, paid or not, by the summer",
        "Go to the work club with the old CV",
        "Good with people, fifteen years in a shop. Confidence is the thing. Volunteering first might suit.",
        "would like to get back to work step by step after an illness",
        ("Foot in the Door Work Club", "Find Your Place to Volunteer", "Growing into Work"),
    ),
    Theme(
        "food",
        (20, 70),
        "Has been missing meals towards the end of the month since the rent went up. Has food today.",
        "Cooking for other people, like I used to.",
        "I would like to eat properly all month",
        "Have enough in the cupboard every week",
        "Join the pantry at Millfields",
        "Proud, so the pantry suits better than a parcel. Would love to cook for others again.",
        "would like to join a food pantry, and might help in the kitchen later",
        ("Millfields Pantry", "Wexcombe Food Bank", "Fenny Green Larder"),
    ),
    Theme(
        "memory",
        (68, 93),
        "Early memory problems, stopped going to the history group for fear of looking foolish. Misses it.",
        "Old Wexcombe. I know things about this town that nobody else remembers.",
        "I would like to talk about old times without people correcting me",
        "Be back among people who love the same things",
        "Go to Wexcombe Remembered with my daughter",
        "Lit up when talking about the mills. Forgets the word, never the story. Daughter can come along on Mondays.",
        "loves local history; sometimes needs a moment to find the word",
        ("Wexcombe Remembered", "Slow History Walks", "Swing and Remember"),
    ),
    Theme(
        "getting_about",
        (66, 94),
        "Not been past the gate since a fall in January. Physiotherapy finished. Lost confidence.",
        "Choosing my own vegetables. You cannot get that from a delivery.",
        "I would like to go out without holding on to somebody",
        "Get to the market on my own and back",
        "Walk to the corner and back each morning",
        "We walked to the corner together. Slower than hoped. A lift to a seated class would be a start.",
        "would like to come to a seated class; needs step-free entry and a lift there",
        ("Dancing in Your Chair", "Marl Lifts", "Sit and Be Sporty"),
    ),
)
# Words of two referrals that must be seen first.
DANGER_WORDS = (
    "Says there is no point any more and talks about ending their life. A sister is with them today.",
    "No food in the house since yesterday and the prepayment meter has run out. Two children at home.",
)
