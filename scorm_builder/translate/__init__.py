"""The translators' workflow: templates, PO files kept up to date, XLIFF out and back, status."""
