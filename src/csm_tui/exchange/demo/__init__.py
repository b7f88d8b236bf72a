"""The made-up book: accounts, people and what was said, always the same for the same day and sizes."""

from csm_tui.exchange.demo.book import MOST_ACCOUNTS, MOST_TOUCHPOINTS, size, write_demo

__all__ = ["MOST_ACCOUNTS", "MOST_TOUCHPOINTS", "size", "write_demo"]
