"""Firefox and WebKit for the tests, behind the few calls that a learner's session needs."""
