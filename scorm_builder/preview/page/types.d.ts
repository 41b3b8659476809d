/** Shapes that the preview's modules share: the simulated LMS, and what the preview's server tells. */

type SimulatedStandard = "scorm12" | "scorm2004-3" | "scorm2004-4";

/** How an element of a data model may be used; `check` gives the error code of a value, "0" if none. */
interface ElementRule {
  access: "read" | "write" | "both";
  check: (value: string) => string;
}

/** What differs between the versions of SCORM, for one engine. */
interface RuleBook {
  standard: "scorm12" | "scorm2004";
  functions: {
    initialize: string;
    finish: string;
    get: string;
    set: string;
    commit: string;
    lastError: string;
    errorString: string;
    diagnostic: string;
  };
  /** name of the API object in the LMS's window */
  object: string;
  version: string;
  /** by element, indexes written as `n` */
  elements: Record<string, ElementRule>;
  codes: ErrorCodes;
  errors: Record<string, string>;
}

interface ErrorCodes {
  alreadyInitialized: string;
  initializedAgain: string;
  finishBefore: string;
  finishAfter: string;
  getBefore: string;
  getAfter: string;
  setBefore: string;
  setAfter: string;
  commitBefore: string;
  commitAfter: string;
  argument: string;
  commitFailed: string;
  undefinedElement: string;
  keyword: string;
  readOnly: string;
  writeOnly: string;
  type: string;
  noValue: string;
  noChildren: string;
  noCount: string;
  getIndex: string;
  setIndex: string;
  dependency: string;
}

interface DataModel {
  get(element: string): { value: string; code: string };
  set(element: string, value: string): string;
  values(): Record<string, string>;
  /** Write as the LMS itself does, without rules. */
  put(element: string, value: string): void;
}

interface Faults {
  /** answers true and stores nothing */
  lies: boolean;
  commitFails: boolean;
  apiGone: boolean;
  offline: boolean;
  lrsDown: boolean;
  /** milliseconds until the API exists */
  late: number;
  /** characters of suspend_data that are kept; null: all */
  cut: number | null;
}

interface LmsCall {
  name: string;
  values: string[];
  answer: string;
  code: string;
  /** what the LMS did beside answering; "" for nothing */
  note: string;
}

interface LmsPort {
  faults: () => Faults;
  onCall: (call: LmsCall) => void;
  /** keep the values for the next launch */
  store: (values: Record<string, string>) => void;
}

interface LaunchSettings {
  standard: SimulatedStandard;
  language: string;
  chain: string;
  learner: string;
  mode: "normal" | "browse" | "review";
  credit: boolean;
  /** 0..100 as typed; "" for none */
  mastery: string;
}

interface PreviewProblem {
  file: string;
  line: number;
  column: number;
  code: string;
  what: string;
  fix: string;
  severity: "error" | "warning";
  source_line: string;
}

interface PreviewCourse {
  id: string;
  title: string;
  version: string;
  languages: { tag: string; name: string; status: string }[];
}

/** One request that the stand-in for the programme's LRS got. */
interface StatementRequest {
  number: number;
  time: string;
  status: number;
  statements: Record<string, any>[];
}

interface PreviewState {
  revision: number;
  folder: string;
  course: PreviewCourse | null;
  standards: SimulatedStandard[];
  chains: { id: string; name: string }[];
  problems: PreviewProblem[];
  requests: StatementRequest[];
}

/** The answer to a launch: an address, or why there is none. `stale`: of an earlier, sound course. */
interface LaunchAnswer {
  url: string | null;
  stale: boolean;
  problems: PreviewProblem[];
}

interface Window {
  API?: Record<string, (...values: unknown[]) => string> | undefined;
  API_1484_11?: Record<string, (...values: unknown[]) => string> | undefined;
}
