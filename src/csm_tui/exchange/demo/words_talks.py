"""What is said in the made-up book, by the kind of talk and its tone."""

from __future__ import annotations

GOOD, MIXED, WORRIED = "good", "mixed", "worried"

_CALLS = {
    GOOD: (
        "{who} is pleased: the monthly close took a day less",
        "All calm; {who} asks for a short refresher next month",
        "{who} showed it to the board and got applause|advocate", "Two more teams would like to start|growth",
        "Reports now go out by themselves on Mondays", "Walked through the new dashboard, no open questions",
        "{who} would speak for us at the user day|advocate",
        "Hiring ten people; needs seats by the new quarter|limit",
        "Their audit went through with our export alone",
        "{who} has a second use case in mind: returns|usecase",
        "Short catch-up: adoption up in every team",
    ),
    MIXED: (
        "{who} likes it, the night shift does not use it yet",
        "Import failed twice; works now, trust does not quite",
        "Waiting for their IT before the next team can start",
        "{who} has little time until the figures are closed",
        "Wants to see hours saved before adding anyone|value",
        "Two tickets older than a week; promised a date|tickets",
        "Budget round is on; no news before it ends|payment",
        "{who} is new and wants to understand the set-up first",
    ),
    WORRIED: (
        "{who} says half the team went back to the old sheet|usage",
        "Frustrated about the third slow week in a row|tickets",
        "{who} asks what it would cost to use less of it|payment",
        "No sponsor for months; nobody decides|champion",
        "Their pilot with another vendor ends next month|competitor",
        "“Hard to say what we get for it”|value",
    ),
}  # fmt: skip

_MEETINGS = {
    GOOD: (
        "Success plan updated: two goals met, one new",
        "Monthly: {who} brought three colleagues, all active users",
        "Set goals for the half-year with {who}",
        "Went through seats by team; plant two is ready to start|growth",
        "Met the new head of finance, wants the same for her team|usecase",
        "Their workshop: eleven ideas, four picked",
        "{who} presented the results to the whole floor", "Agreed who owns what after go-live",
    ),
    MIXED: (
        "Monthly: good for planners, heavy for the field",
        "Three goals, one on track; {who} wants a simpler plan",
        "Data quality first, then the next team", "Priorities shift to their merger for now|stalled",
        "{who} asked for fewer meetings and more written news",
    ),
    WORRIED: (
        "Nobody from management came; {who} stands alone|champion",
        "Listed eight pain points; we own five|tickets",
        "{who} doubts that the numbers are right|value", "Use fell again; agreed to look at every team|usage",
    ),
}  # fmt: skip

_TRAININGS = {
    GOOD: (
        "Admin training, part 1: rights and groups", "Admin training, part 2: imports",
        "Refresher for six new colleagues",
        "Train the trainer with {who}: two will carry on",
        "Hands-on hour, everyone built a report of their own",
    ),
    MIXED: ("Half the list came; second date needed", "Good questions, weak data: repeat with their own",),
    WORRIED: ("Four of twenty came; {who} was embarrassed|usage",),
}  # fmt: skip

_MAILS = {
    GOOD: (
        "{who} confirmed the dates and thanked for the guide", "Swapped figures for their annual report",
        "Settled the open question on rights by mail", "{who} sent a kind word about support",
        "Agreed the agenda of the next review",
    ),
    MIXED: ("Back and forth about the invoice; solved", "{who} asked to move the training; new date agreed",),
    WORRIED: (
        "Short answers only; {who} will ask upstairs|silence",
        "{who} lists three things that must change|nps",
    ),
}  # fmt: skip

_CHATS = {
    GOOD: (
        "Quick question about filters, solved at once", "{who}: “worked first time”",
        "Sent the link, {who} found the rest",
    ),
    MIXED: ("{who} could not log in after the change; fixed", "Asked twice for the template; now pinned"),
    WORRIED: ("“Is anyone looking at our ticket?”|tickets",),
}  # fmt: skip

_ONSITES = {
    GOOD: (
        "Day on site: sat with three teams, took eleven wishes home",
        "Lunch with {who} and the new sponsor|exec",
        "Plant tour: they run the shift plan on our board",
    ),
    MIXED: ("Half a day with the field team: too many clicks", "On site: great champion, tired users",),
    WORRIED: ("On site: the old system is still open on most desks|usage",),
}  # fmt: skip

_QBRS = {
    GOOD: (
        "3 of 4 goals met, 120 hours a month saved", "All goals met; roadmap and two new goals agreed",
        "Use up by a fifth; wants the second region in the plan|growth",
        "Value stated by {who}: one person's work saved",
    ),
    MIXED: (
        "2 of 4 goals met; the others need their data team", "Good numbers, but only {who} came",
        "Goals need a new owner",
    ),
    WORRIED: ("1 of 4 goals met; {who} asked what changes now|value",),
}  # fmt: skip

_EBRS = {
    GOOD: (
        "Board member saw the value case and asked for more|exec",
        "Three-year plan with {who}; we are part of it|exec",
    ),
    MIXED: ("Their strategy turns to cost; we show savings next time|exec",),
    WORRIED: ("New board asks whether to keep separate tools|exec",),
}

_KICKOFFS: dict[str, tuple[str, ...]] = {
    GOOD: (
        "Kickoff: goals, people and the first four weeks agreed",
        "Kickoff: {who} leads, go-live in week five",
    ),
}

TWO_WAY: dict[str, dict[str, tuple[str, ...]]] = {
    "call": _CALLS, "meeting": _MEETINGS, "training": _TRAININGS, "email": _MAILS,
    "chat": _CHATS, "onsite": _ONSITES,
    "qbr": _QBRS, "ebr": _EBRS, "kickoff": _KICKOFFS,
}  # fmt: skip
"""What was said, by kind and by tone; after a bar the signal in it."""

ONE_WAY: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("email", "held", "out"): (
        "Sent the adoption report", "Sent the release notes with the two that matter to them",
        "Asked for three dates",
        "Sent the minutes and the open points", "Invited {who} to the user day",
        "Sent a short video on exports",
    ),
    ("email", "held", "in"): (
        "{who} passes on praise from the field", "Asks for the list of named users", "New invoice address",
        "Out of office until the end of the week",
    ),
    ("call", "held", "out"): (
        "No answer, left a message", "Tried twice, no luck", "{who}'s assistant will call back",
    ),
    ("note", "held", "internal"): (
        "Support says: no open tickets", "Before the next call: look at use by team",
        "AE hears of a new site in the south",
        "{who} posts about the project, proud of it", "Check whether the old admin still has rights",
    ),
    ("meeting", "missed", "two-way"): ("Nobody joined; proposed two new dates",
    "Cancelled an hour before: sick"),
}  # fmt: skip
"""What does not count as contact, by kind, state and direction."""

NOTES = (
    "## Goals\n- shorter month end: **met**\n- one source for all teams: on its way\n\n"
    "## Next\n1. owner for goal three\n2. figures a week before",
    "## Heard\n- the planners are quicker\n- the field wants fewer fields\n\n"
    "## Agreed\n- we send a simpler form to try",
    "**Present**: sponsor, admin, two leads.\n\n- savings confirmed by finance\n- next review in a quarter",
)  # fmt: skip

OURS = (
    "send the minutes", "guide for new admins", "figures for their board", "quote for ten more seats",
    "answer on data storage",
    "sample import file", "introduce our product lead", "date for the refresher", "check slow report",
    "template for goals",
)  # fmt: skip
THEIRS = (
    "list of users", "contact in IT", "sign the data agreement", "feedback on the pilot",
    "date for the review",
    "goals for next year", "name a second admin", "test the new import",
)  # fmt: skip
DROPPED = {
    "broken": ("forgotten on our side", "no time before the deadline"),
    "released": ("no longer needed", "solved otherwise"),
}

PULSE_REASONS = {
    1: ("notice served",), 2: ("sponsor gone, use falling", "doubts the value"), 3: ("slow progress", ""),
    4: ("steady", "good talks, good use", ""), 5: ("speaks for us", "grows by itself"),
}  # fmt: skip
