"""Pages in, structure out: one small module an element, all of them pure."""

from desktop.bulletin.parsing.parse import PARSER_VERSION, parse

__all__ = ["PARSER_VERSION", "parse"]
