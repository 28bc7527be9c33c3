"""Printing: what to print (`choice`, `dialog`), printed pages of a PDF (`pages`) and set text (`text`)."""
