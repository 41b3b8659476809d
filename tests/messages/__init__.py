"""The documents of messages: one generator, and by area what each code means."""
