"""Errors of the command line itself.

SpukError
+-- WrongUsageError            exit status 2
+-- UnreadOutputError          exit status 1; standard output was closed or is full
+-- FailedVerificationError    exit status 1; a fault of the toolkit
+-- ClusterError               exit status 1; no cluster, or one of another version
"""

from __future__ import annotations

from finance.findings import SpukError


class WrongUsageError(SpukError):
    """The command was called in a way that cannot work."""


class UnreadOutputError(SpukError):
    """What was printed could not be written; files stay whole."""


class FailedVerificationError(SpukError):
    """A workbook that was just made does not verify: it is not put in place."""


class ClusterError(SpukError):
    """The machines that should compute cannot be reached, or compute something else."""
