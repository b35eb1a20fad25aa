"""Verbs that write: one transaction, one lock, one event each. Nothing here knows HTTP."""
