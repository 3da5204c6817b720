"""Several regions as one picture of the country."""
