"""The rule on a cluster: files of statements, the same normaliser, the same SQL (docs/engines.md).

session -> places (which files, in which parts) -> read_parts (on the workers) -> as_stored.sql
(what the fact store would keep) -> engine (rule/*.sql).
"""
