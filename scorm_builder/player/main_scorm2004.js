/** Entry of a SCORM 2004 package, 3rd or 4th edition. */

import { boot } from "./boot.js";
import { connectScorm2004 } from "./runtime/scorm2004.js";

boot(connectScorm2004);
