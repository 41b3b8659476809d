"""What hangs in the staff room and lies on the manager's desk, printed by typst.

A course, a language and a country become posters, cards for the pocket, a card for managers,
pictures for screens and a guide for a talk. The words of the papers are in programme/papers, the
signals come from the course, the numbers from programme/contacts.
"""
