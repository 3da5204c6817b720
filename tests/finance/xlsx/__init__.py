"""Tests of reading, writing and verifying workbooks."""
