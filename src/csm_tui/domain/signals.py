"""What each signal is called, and which one a summary sounds like: an offer to the CSM, never a reading."""

from __future__ import annotations

from csm_tui.domain.touchpoints import Signal

LABELS: dict[Signal, str] = {
    Signal.USAGE: "usage falling",
    Signal.TICKETS: "support tickets piling up",
    Signal.NPS: "low NPS or unhappy users",
    Signal.CHAMPION: "champion left or changed",
    Signal.COMPETITOR: "looking at a competitor",
    Signal.PAYMENT: "payment late or budget cut",
    Signal.SILENCE: "no answer for too long",
    Signal.STALLED: "onboarding or project stalled",
    Signal.VALUE: "value in doubt",
    Signal.GROWTH: "team or company growing",
    Signal.USECASE: "new use case",
    Signal.BUDGET: "new budget",
    Signal.ADVOCATE: "would recommend us",
    Signal.LIMIT: "near the limit of seats or plan",
    Signal.RENEWAL: "renewal talked about",
    Signal.TERMINATION: "notice of termination",
    Signal.EXEC: "executive met",
}

PHRASES: tuple[tuple[Signal, tuple[str, ...]], ...] = (
    (Signal.TERMINATION, ("not renew", "not renewing", "won't renew", "won’t renew", "terminate", "cancel")),
    (Signal.TERMINATION, ("cancels", "cancelled", "canceled", "cancelling", "canceling", "cancellation")),
    (Signal.COMPETITOR, ("competitor", "competitors", "looking at other", "looking at others")),
    (Signal.COMPETITOR, ("evaluating alternatives", "alternatives", "switching to")),
    (Signal.VALUE, ("still needed", "still need", "worth the money", "no value", "too expensive")),
    (Signal.PAYMENT, ("budget cut", "budget cuts", "cannot pay", "can't pay", "can’t pay")),
    (Signal.PAYMENT, ("overdue invoice", "overdue invoices", "unpaid invoice", "unpaid invoices")),
    (Signal.CHAMPION, ("left the company", "leaving the company", "is leaving", "last day")),
    (Signal.CHAMPION, ("new vp", "new cfo", "new ceo", "new cto", "new cio", "reorganisation", "reorg")),
    (Signal.USAGE, ("nobody uses", "no one uses", "not using", "logins down", "usage down", "usage dropped")),
    (Signal.STALLED, ("stalled", "on hold", "postponed", "delayed again", "no progress")),
    (Signal.TICKETS, ("outage", "outages", "bug", "bugs", "open tickets", "escalation")),
    (Signal.NPS, ("unhappy", "frustrated", "disappointed", "detractor")),
    (Signal.SILENCE, ("does not answer", "not responding", "gone quiet", "no reply")),
)
"""The strongest signal first: "New VP asks whether it is still needed" doubts the value before all else."""


def suggested(words: str) -> tuple[str, Signal] | None:
    """The phrase found and the signal it sounds like, the strongest where several stand; whole words only."""
    said = " ".join(words.lower().split())
    for signal, phrases in PHRASES:
        for phrase in phrases:
            if _stands_in(said, phrase):
                return phrase, signal
    return None


def _stands_in(said: str, phrase: str) -> bool:
    """Whether the phrase stands there as whole words: "debug" is no bug."""
    at = said.find(phrase)
    while at >= 0:
        around = said[max(at - 1, 0) : at] + said[at + len(phrase) : at + len(phrase) + 1]
        if not any(c.isalnum() for c in around):
            return True
        at = said.find(phrase, at + 1)
    return False
