/** Entry of the second script: what nobody needs before the first page stands. See screens/page_kinds.js. */

import { addListening } from "./shell/listen.js";
import { goOnWithSession } from "./session/later_session.js";
import { addLaterKinds } from "./screens/page_kinds.js";
import { renderCards } from "./screens/cards_page.js";
import { renderCheck } from "./screens/check_page.js";
import { renderChoose } from "./screens/choose_page.js";
import { renderDialogue } from "./screens/dialogue_page.js";
import { renderFinish } from "./screens/finish_page.js";
import { renderHotspot } from "./screens/hotspot_page.js";
import { renderOrder } from "./screens/order_page.js";
import { renderReflection } from "./screens/reflection_page.js";
import { renderSignalsScale } from "./screens/signals_scale_page.js";
import { renderSort } from "./screens/sort_page.js";
import { renderRole } from "./screens/role_page.js";
import { renderTrueFalse } from "./screens/true_false_page.js";
import { renderVideo } from "./screens/video_page.js";

const LATER_KINDS = {
  cards: renderCards,
  video: renderVideo,
  true_false: renderTrueFalse,
  choose_one: renderChoose,
  choose_several: renderChoose,
  order: renderOrder,
  hotspot: renderHotspot,
  signals_scale: renderSignalsScale,
  sort: renderSort,
  dialogue: renderDialogue,
  reflection: renderReflection,
  role: renderRole,
  check: renderCheck,
  finish: renderFinish,
};

addLaterKinds(LATER_KINDS, addListening, goOnWithSession);
