"""Interchange formats: each module writes, and reads, plain rows. Nothing here knows the database or the web."""
