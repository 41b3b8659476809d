"""How hard a text is to read: sentences, syllables, a published formula for each language."""
