"""Tariffs: what a place-day must cost, and what each form of payment makes of it over the years of a plan."""
