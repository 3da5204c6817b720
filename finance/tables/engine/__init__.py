"""Formulas: parsed, worked out exactly, and followed back to the cells that they come from."""
