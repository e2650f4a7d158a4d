"""Makes the table of countries and demonyms that names are read with."""
