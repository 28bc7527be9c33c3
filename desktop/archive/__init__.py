"""Use cases: the only room where documents meet the database."""
