"""What lies on the reader's desk: the open document, the place in it, its marks; and the bridge from the archive's changes."""
