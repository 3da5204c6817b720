"""Workbooks as files: reading and writing them, their paper, their seal, and verifying them."""
