"""The answers to "why" and "what if" as sheets: live differences beside what the model answered."""
