"""Tests of comparing workbooks."""
