"""重点领域: the field vocabulary, and suggestions with the words that caused them."""
