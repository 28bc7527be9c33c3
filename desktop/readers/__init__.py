"""File to pages: one adapter a source. Nothing outside this room opens a document file."""
