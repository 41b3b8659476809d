/** The start of the preview's page: settings, stage, panels and the news from the server, wired. */

import { watchChanges } from "./changes.js";
import { createCallsPanel } from "./calls_panel.js";
import { createCodesPanel } from "./codes_panel.js";
import { createDataPanel } from "./data_panel.js";
import { createOpeners, post } from "./openers.js";
import { createProblemsPanel } from "./problems_panel.js";
import { createSettings } from "./settings.js";
import { createStage } from "./stage.js";
import { createStatementsPanel } from "./statements_panel.js";
import { createTabs } from "./tabs.js";
import { createSimulatedLms } from "./simulated_lms.js";
import { byId } from "./page.js";

function start() {
  const tabs = createTabs();
  const calls = createCallsPanel();
  const data = createDataPanel();
  const statements = createStatementsPanel();
  const problems = createProblemsPanel(tabs);
  const settings = createSettings({ onLaunch: () => void launch(), onScreen: fit, onFaults: tellFaults });
  const lms = createSimulatedLms({ faults: settings.faults, onCall: calls.add, onData: data.show });
  const openers = createOpeners({ lms, data, codes: createCodesPanel() });
  const stage = createStage();
  /** @type {PreviewState | null} */
  let state = null;
  let since = "";
  /** @type {Promise<void>} */
  let queue = Promise.resolve();

  byId("relaunch").addEventListener("click", () => void launch());
  byId("reset").addEventListener("click", () => void launch({ anew: true }));
  byId("fold").addEventListener("click", () => {
    const isWide = document.body.classList.toggle("is-wide");
    byId("fold").setAttribute("aria-pressed", String(isWide));
    fit();
  });
  addEventListener("resize", fit);
  fit();
  void tellFaults();
  const changes = watchChanges({ onState, onGone });

  /** @param {PreviewState} next */
  function onState(next) {
    const changed = state === null || state.revision !== next.revision;
    state = next;
    statements.add(next.requests);
    calls.addRequests(next.requests);
    if (next.requests.length > 0) openers.refresh();
    if (changed) since = new Date().toLocaleTimeString("en-GB");
    say(next, since);
    if (!changed) return;
    byId("title").textContent = next.course ? `${next.course.title} · ${next.course.version}` : next.folder;
    document.title = `${next.course?.title ?? next.folder} · noroom preview`;
    settings.offer(next);
    problems.show(next.problems);
    void launch({ always: false });
  }

  function onGone(words = "The preview has stopped. Start it again in the terminal.") {
    tell("live is-gone", words);
  }

  /** Launches wait for each other: two sessions at once would share one API. */
  function launch({ anew = false, always = true } = {}) {
    queue = queue.then(() => launchNow(anew, always)).catch(() => onGone());
    return queue;
  }

  /**
   * @param {boolean} anew forget the attempt
   * @param {boolean} always also when the same package is shown already
   */
  async function launchNow(anew, always) {
    if (!state || !settings.isValid()) return;
    const chosen = settings.launch();
    const { standard, language, chain, role } = chosen;
    const answer = await fetch(`/build?${new URLSearchParams({ standard, language, chain, role })}`);
    if (!answer.ok) {
      onGone(await answer.text());
      return;
    }
    /** @type {BuildAnswer} */
    const built = await answer.json();
    problems.show(merged(state.problems, built.problems));
    stage.setNotice(built.url && built.stale ? "You see the last good build." : "", tabs);
    fit();
    if (built.path && stage.shows(built.path) && !always) return;
    await stage.empty();
    lms.end();
    await changes.now();
    const { path, url } = built;
    if (path === null || url === null) {
      stage.showProblems(language);
      return;
    }
    calls.begin(chosen);
    stage.show(path, await openers.open(chosen, { ...built, url }, state.course?.id ?? "", anew));
    tabs.settle();
  }

  function fit() {
    stage?.fit(settings.screen());
  }

  async function tellFaults() {
    const { offline, lmsLrs, programmeLrs } = settings.faults();
    lms.refresh();
    await post("/faults", { offline, lms: lmsLrs, programme: programmeLrs }).catch(() => onGone());
  }
}

/**
 * @param {PreviewState} state
 * @param {string} since time of day
 */
function say(state, since) {
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  if (errors) tell("live is-broken", `${errors} ${errors === 1 ? "problem" : "problems"} since ${since}`);
  else tell("live", `Watching ${state.folder} · built ${since}`);
}

/**
 * Say it once: what does not change is not read out again.
 *
 * @param {string} className
 * @param {string} words
 */
function tell(className, words) {
  const live = byId("live");
  live.className = className;
  if (live.textContent !== words) live.textContent = words;
}

/**
 * @param {PreviewProblem[]} known
 * @param {PreviewProblem[]} more
 */
function merged(known, more) {
  const all = new Map([...known, ...more].map((problem) => [JSON.stringify(problem), problem]));
  return [...all.values()];
}

start();
