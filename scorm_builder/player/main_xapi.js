/** Entry of an xAPI package with tincan.xml. */

import { boot } from "./boot.js";
import { connectXapi } from "./runtime/xapi.js";

boot(connectXapi);
