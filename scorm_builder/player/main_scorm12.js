/** Entry of a SCORM 1.2 package. */

import { boot } from "./boot.js";
import { connectScorm12 } from "./runtime/scorm12.js";

boot(connectScorm12);
