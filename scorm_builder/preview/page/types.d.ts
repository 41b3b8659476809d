/** Shapes that the preview's modules share: the simulated LMS, and what the preview's server tells. */

type Standard = "scorm12" | "scorm2004-3" | "scorm2004-4" | "cmi5" | "xapi" | "web";

/** What standards have in common for the one who launches them. */
type StandardFamily = "scorm" | "cmi5" | "xapi" | "web";

/** What goes wrong at an LRS; "" for nothing. `refuses-<verb>`: 400 for each statement of that verb. */
type LrsFault = "" | "down" | "unauthorized" | "slow" | `refuses-${string}`;

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
  lmsLrs: LrsFault;
  programmeLrs: LrsFault;
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
  standard: Standard;
  language: string;
  chain: string;
  /** "": the learner chooses */
  role: string;
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

/** One request to the LMS's LRS or to the programme's; `status` 0: it got no answer. */
interface LrsRequest {
  number: number;
  time: string;
  to: "lms" | "programme";
  method: string;
  resource: string;
  query: Record<string, string>;
  status: number;
  error: string;
  /** of a document, as it was sent */
  body: string;
  statements: Record<string, any>[];
}

/** What the LMS holds of an attempt by cmi5 or xAPI. */
interface HeldAttempt {
  registration: string;
  /** "": the standard has no such rule */
  moveOn: string;
  completed: boolean;
  passed: boolean;
  score: number | null;
  satisfied: boolean | null;
  documents: { resource: string; name: string; content: string }[];
}

/** Codes that open the web site of a hotel, as they are printed. */
interface CodeSheet {
  hotel: string;
  code: string;
  people: { code: string; pseudonym: string }[];
}

interface PreviewState {
  revision: number;
  folder: string;
  course: PreviewCourse | null;
  standards: Standard[];
  /** the language that means all of them in one package */
  several: string;
  roles: { id: string; title: string }[];
  chains: { id: string; name: string }[];
  problems: PreviewProblem[];
  requests: LrsRequest[];
}

/** The answer to a build: a package, or why there is none. `stale`: of an earlier, sound course. */
interface BuildAnswer {
  /** names the package */
  path: string | null;
  /** its launch page */
  url: string | null;
  codes: CodeSheet[];
  stale: boolean;
  problems: PreviewProblem[];
}

interface Window {
  API?: Record<string, (...values: unknown[]) => string> | undefined;
  API_1484_11?: Record<string, (...values: unknown[]) => string> | undefined;
}
