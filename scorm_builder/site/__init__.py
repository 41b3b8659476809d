"""The public site of a programme: site/*.yaml of a course -> a folder for any static host.

load_site reads and checks; site_edition gives the texts of one language; site_parts makes what
stands between them (signals, contacts, hotels …); render_site makes the pages; build_site puts
them on disk, with the course for hotels without an LMS.
"""
