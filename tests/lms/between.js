/** Shows the package in a frame whose parent, this page, belongs to another origin than the LMS. */
const made = document.createElement("iframe");
made.src = decodeURIComponent(location.search.slice(1));
made.title = "Course";
made.style.cssText = "display: block; inline-size: 100%; block-size: 95vh; border: 0";
document.body.append(made);
