"""The store on PostgreSQL, for several portal servers. Only `engine.installation` imports it, and
only where a database is configured: psycopg takes a tenth of a second."""
