"""A course as written: the model of its files, loading, texts, translations."""
