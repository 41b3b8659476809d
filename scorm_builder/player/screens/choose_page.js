/** Choose one or several, to practise: the right answers are shown afterwards. */

import { arrangeOptions, isRightChoice } from "../state/check.js";
import { richText } from "../shell/dom.js";
import { createChoices } from "./choices.js";
import { createFeedback, inKeptOrder, reveal, waitingFor } from "./view.js";

/** @param {import("./view.js").View} view */
export function renderChoose(view) {
  const { page, text, memory } = view;
  const options = inKeptOrder(memory, page.options ?? [], () => arrangeOptions(page, Math.random));
  const several = page.kind === "choose_several";
  const hint = text(several ? "choose_several_hint" : "choose_one_hint");
  const choices = createChoices(text, page.question ?? "", options, several, (chosen) => {
    memory.chosen = chosen.map((option) => option.id);
    view.setNext({ label: text("answer"), act: answer, hint: chosen.length > 0 ? null : hint });
  });
  view.body.append(richText(page.html), choices.node);
  view.setNext(waitingFor(view)(text("answer"), hint));
  choices.choose(memory.chosen ?? []);
  if (memory.answered) answer();

  function answer() {
    const chosen = choices.chosen();
    memory.answered = true;
    const right = isRightChoice(options, chosen.map((option) => option.id));
    choices.lock();
    choices.markRight();
    view.session.dispatch({ type: "page_answered", key: page.key });
    const reasons = several ? [] : chosen.map((option) => option.feedback);
    const feedback = createFeedback(view, right, [...reasons, page.feedback ?? null]);
    view.body.append(feedback);
    view.setNext({ label: text("next"), act: view.goOn });
    reveal(feedback);
  }
}
