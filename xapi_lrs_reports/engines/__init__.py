"""Engines run rule/certification.sql: DuckDB here; the same text runs on PostgreSQL and Spark."""
