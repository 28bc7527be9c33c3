"""Excerpts to memo: one memo model, the numbers of GB/T 9704 in one place, one writer a format, a self-check."""
