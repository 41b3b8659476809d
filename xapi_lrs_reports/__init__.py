"""Statements -> facts -> the rule -> reports and certificates, with one room for each.

sources ─raw─> statements ─Fact, Void, Problem─> store ─> rule (on engines) ─Report─> report,
certificates. lms_export and return_sheet bring what HR hands in; hotel_register and people say how
many employees there are, and whose completion counts where. simulate invents a programme.
commands is what people type.
"""
