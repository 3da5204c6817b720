"""The tests of the toolkit; they mirror its packages."""
