"""The certification rule: certification.sql, its parameters, and the Report made of its answer."""
