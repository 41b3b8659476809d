"""Our own packages before they get their names: no LMS would mind them, no update breaks them."""
