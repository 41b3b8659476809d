"""Both halves together: what one writes, the other reads."""
