"""The application: what a document is, how it is read, kept, searched, tagged, shown and turned into a memo."""
