/**
 * Makes leaving the site quicker than its link does: the page is empty at once, and the back button
 * does not bring it back. Without this script the link shows an empty page all the same.
 */
"use strict";

for (const link of document.querySelectorAll("a.leave")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.title = " ";
    document.body.replaceChildren();
    location.replace("about:blank");
  });
}
