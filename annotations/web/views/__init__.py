"""Views by noun: load, parse, call a service or a query, answer."""
