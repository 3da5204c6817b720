"""A plan: its decisions, the money of its sources, its goals, and what changed since an earlier one."""
