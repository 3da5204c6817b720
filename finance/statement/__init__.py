"""The statement: what a finished plan says to a council and an accountant, in exact numbers."""

from finance.statement.statement import Statement

__all__ = ["Statement"]
