"""A SCORM 2004 LMS that follows sequencing: packages with several SCOs, played with scorm-again.

The page reads the tree from the package's own manifest, gives it to scorm-again's sequencing, shows
the SCO that it delivers, and keeps the data of every SCO and the rolled-up row of the course.

Options of launch_url, by name:
    item                identifier of the item that the learner clicks in the LMS; otherwise the
                        course is started, or resumed where it was suspended
    sequencing          "ignored": every item opens, nothing is shared or rolled up, as in LMSs
                        without sequencing

Not played: other implementations of sequencing. scorm-again is one reading of the standard.
"""

from __future__ import annotations

from urllib.parse import urlencode

from tests.lms.host import LmsHost


class SequencedHost(LmsHost):
    """The server; a context manager."""

    def launch_url(self, learner: str, **options: str) -> str:
        """Give the address of a new launch; see the module for the options."""
        session = str(next(self._sessions))
        query = {"learner": learner, "session": session, **options}
        return f"{self.origin}/lms/sequenced.html?{urlencode(query)}"

    def course(self, learner: str) -> dict[str, str]:
        """Give the course's row: completion, success and, where there is one, score."""
        row = self.record(f"{learner}!course").stored
        return {name: row[name] for name in ("completion", "success", "score") if row.get(name)}

    def of_sco(self, learner: str, item: str) -> dict[str, str]:
        """Give what one SCO has stored, as committed."""
        return self.record(f"{learner}!{item}").stored
