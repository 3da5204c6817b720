"""What differs between two workbooks, and why."""
