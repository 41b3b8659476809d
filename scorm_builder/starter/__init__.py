"""The folder that `noroom init` makes: a programme or a course that builds as it stands."""
