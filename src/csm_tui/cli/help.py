"""What `csm --help` prints: every command and every page in one line, and the three journeys."""

from __future__ import annotations

GROUPS = (
    (
        "Every day",
        (
            ("csm", "the workspace on your book"),
            ("csm today", "what is due, most pressing first, each with its id"),
            ("csm since [DAY]", "what came about since you last looked"),
            ("csm log ACCOUNT LINE", "log what happened, in one quoted line"),
            ("csm done ITEM [LINE]", "close a due item"),
            ("csm snooze ITEM DAY", "put it off, with a reason"),
            ("csm move ITEM DAY", "give it another day"),
        ),
    ),
    (
        "The book",
        (
            ("csm accounts [FILTER]", "every account, the worst band first"),
            ("csm account VERB NAME", "add, show, edit, archive, merge, churn"),
            ("csm contact VERB ...", "add, edit, left, back, delete"),
            ("csm touchpoint VERB ID", "edit, delete"),
            ("csm promise VERB ...", "add, edit, delete"),
            ("csm onboarding [FILTER]", "the first 90 days: what comes next, month 1 in time"),
            ("csm cadence", "who is owed a touchpoint, and the rhythm"),
            ("csm reviews", "QBRs and EBRs: due, in preparation, booked, held"),
            ("csm promises", "what is owed in both directions"),
            ("csm brief ACCOUNT", "one page before a call, Markdown in a file"),
            ("csm recovery", "the open risks, the most at stake first"),
            ("csm recover ACCOUNT", "open a recovery, work it, close it"),
            ("csm plan ACCOUNT [ID]", "its plans; start another playbook"),
            ("csm find WORDS", "in all touchpoints and notes, newest first"),
            ("csm filter VERB ...", "save, list, remove: filters by name, for any list"),
            ("csm export WHAT", "accounts, contacts, ... or the whole book"),
            ("csm import FILE...", "CSVs of yours, Salesforce or HubSpot, as one"),
            ("csm playbooks", "templates of dated steps, shipped and your own"),
            ("csm playbook VERB ...", "show one, check a file of yours"),
        ),
    ),
    (
        "Safety",
        (
            ("csm undo, redo", "take back the newest operation, do it again"),
            ("csm history", "what was done, newest first"),
            ("csm backup [FILE]", "a verified copy"),
            ("csm restore [FILE]", "a copy takes the place of the book"),
            ("csm paths", "where everything lies"),
            ("csm doctor [--salvage]", "is everything as it should be? (or save what is left)"),
            ("csm settings", "what is set, and where each comes from"),
        ),
    ),
    (
        "To look around",
        (
            ("csm demo", "the workspace on a made-up book that goes at the end"),
            ("csm completion SHELL", "the script by which tab completes names"),
            ("csm help PAGE", "a page of the documentation; they stand below"),
            ("csm COMMAND --help", "its options and examples"),
            ("csm --version", "which csm this is"),
        ),
    ),
)

TOPICS = {
    "start": "the first day, from an empty book to the first undo",
    "logline": "what one typed line can say",
    "filters": "the words of /, and of every list in the shell",
    "keys": "every key, and how to choose others",
    "import": "from Salesforce, HubSpot or sheets of your own",
    "export": "CSV, JSON, Markdown, and the whole book",
    "playbooks": "the templates of plans, and how to write one",
    "settings": "every setting with its default",
    "shell": "every command, its options, its JSON, its files",
    "rules": "how each day, rank and rate is reckoned",
    "reliability": "what is promised, and how it is tried",
}
"""Every page of `csm help`, by the name of its file in `docs/`, with what it is about."""

JOURNEYS = """\
Three things to try
  1. Log a call; timeline, next check-in, mood and promise follow.
     csm log northwind 'call @jon New VP asks for the value :( >send usage fri'
     csm undo
  2. See who needs you today, and work one of them.
     csm today
     csm done c12 'call @jon all good :)'
     csm snooze c12 mon 'Jon is on leave'
  3. Walk an account at risk back, step by step, to its exit test.
     csm recover northwind --signal value --evidence 'New VP asks'
     csm recover northwind --step 1 --done
"""

COMMON = """\
Every command takes --json, and --db FILE (or CSM_DB) for another book.
ACCOUNT is an unambiguous part of a name; ITEM is an id that csm today prints.
Exit codes: 0 done, 1 refused, 2 wrong usage, 3 a must-do is open (--check).
"""


def overview() -> str:
    """The whole text, under 80 columns."""
    parts = ["csm: who needs me today, why, and what do I do next?\n"]
    for heading, commands in GROUPS:
        lines = "".join(f"  {usage:<23} {what}\n" for usage, what in commands)
        parts.append(f"{heading}\n{lines}")
    parts.append("Pages, csm help PAGE\n" + "".join(f"  {page:<23} {what}\n" for page, what in TOPICS.items()))
    return "\n".join([*parts, JOURNEYS, COMMON])
