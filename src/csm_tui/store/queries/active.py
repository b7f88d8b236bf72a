"""Which accounts take part today: the one condition that every statement about the active book shares."""

from __future__ import annotations

ACTIVE = "(archived_on IS NULL AND (churned_on IS NULL OR churned_on > :today))"
"""Of a row of `account`; `:today` is bound by whoever asks. In words: `AccountFacts.is_active`."""
