/** Entry of a cmi5 package. */

import { boot } from "./boot.js";
import { connectCmi5 } from "./runtime/cmi5.js";

boot(connectCmi5);
