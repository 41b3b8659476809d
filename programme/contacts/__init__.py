"""Whom to call in each country, and who of a programme has checked it.

One YAML file per country here, each contact with its source, the day it was looked at and how sure
it is. A number is shown to nobody until a programme has checked it: verified_contacts.yaml in its
directory says which contacts were dialled, when and by whom (docs/contacts.md).
"""
