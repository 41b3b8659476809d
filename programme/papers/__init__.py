"""The words of papers that people print or send: certificates, slips with codes, sheets for HR.

English is in the YAML files here, one for each paper; other languages in locale/<language>.po,
where the context of a text is `<paper>.<key>`.
"""
