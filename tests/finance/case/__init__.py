"""Tests of the case: its cells, its records and its checks."""
