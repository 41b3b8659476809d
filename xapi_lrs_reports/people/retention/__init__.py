"""How long people's data are kept, what is past its date, and removing it (decision 0026)."""
