"""Engines run rule/*.sql: DuckDB over the fact store, Spark over files of statements.

The same text runs on PostgreSQL in the tests.
"""
