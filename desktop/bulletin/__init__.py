"""What a document is: pages, text, structure, places. Standard library only; no files, no clock, no database."""
