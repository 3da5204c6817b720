"""The sweep: many drawn cases, each solved, on as many workers as there are."""
