"""Every kind of file that a person hands to noroom, with every fault: docs/bad-input.md."""
