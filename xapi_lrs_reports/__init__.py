"""Statements -> facts -> the rule -> reports and certificates.

sources/* ─raw─> statement, normalise ─Fact, Void, Problem─> fact_store ─> rule/certification.sql
(engines/*) ─Report─> renderers/*, certificates/*. hotels.py and roster.py read the base.
"""
