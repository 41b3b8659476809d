"""The tests. Their day is 21 November 2026: contacts age, and builds ask how old they are."""

import os

os.environ.setdefault("SOURCE_DATE_EPOCH", "1795219200")
