"""The archive on disk: SQLite through peewee. Models are private to this package; callers get frozen records."""
