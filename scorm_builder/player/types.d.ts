/**
 * Shapes that the player's modules share: the course as data (docs/contracts.md section 5), the
 * learner's progress, the LMS as any runtime shows it, and a fact for the programme's LRS.
 */

interface Course {
  format: 1;
  standard: "scorm12" | "scorm2004-3" | "scorm2004-4" | "cmi5" | "xapi" | "web";
  course: {
    id: string;
    version: string;
    title: string;
    language: string;
    dir: "ltr" | "rtl";
    draft: boolean;
    build: string;
    group?: true;
  };
  options: Options;
  brand: Brand | null;
  tracking: Tracking | null;
  hotels: Hotel[];
  messages: Record<string, string>;
  help: HelpContact[];
  /** only where hotels lie in several countries: that of who names no hotel */
  country?: string;
  roles: Roles | null;
  /** the first is whom the course is for when nothing was chosen; absent: the hotel's own staff alone */
  profiles?: Profile[];
  blocks: Block[];
  check: Check | null;
  /** only where the course is cut into several SCOs: the ids of the blocks of each */
  scos?: string[][];
  /** Files of the package that are fetched when the first screen stands. */
  later: { screens: string; texts: string };
}

/** What the second data file adds, by key; docs/contracts.md section 5. */
interface CourseTexts {
  language: string;
  pages: Record<string, Partial<CoursePage>>;
  questions: Record<string, Partial<Question>>;
  messages: Record<string, string>;
}

/** How this package talks to its LMS; docs/contracts.md section 5. */
interface Options {
  fail_status: "incomplete" | "failed";
  pass_status: "passed" | "completed";
  revisit: "keep" | "reset";
  exit_unfinished: "suspend" | "empty";
  also_passed: boolean;
  force_score: boolean;
  interactions: "off" | "safe" | "full";
}

/** The chain's own look: its logo is a file of the package. */
interface Brand {
  name: string;
  logo: string | null;
}

interface Tracking {
  endpoint: string;
  authorization: string;
  homePage: string;
  course: string;
  version: string;
  hotel: string | null;
  hotels: string;
  extensions: string;
  namespace: string;
  salt: string;
}

/** A hotel that the learner may name; `code` is its code without check symbol, and its key. */
interface Hotel {
  id: string;
  name: string;
  code: string;
  /** only where it is not the country of the package */
  country?: string;
}

interface HelpContact {
  name: string;
  number: string;
  href: string;
  note: string | null;
  /** only where hotels lie in several countries */
  country?: string;
}

/** Kinds of work that the course has pages for; docs/contracts.md section 5. */
interface Roles {
  /** key of the role that everybody else gets */
  other: string;
  choices: { id: string; key: string; title: string; description: string }[];
}

/** Who a learner can be; docs/contracts.md section 5. */
interface Profile {
  key: string;
  title: string;
  /** id of a profile that does not count, which goes with its statements */
  guest?: string;
  /** keys of the roles to choose from; absent: all */
  roles?: string[];
  /** what stands for {manager} and {second_contact}, where profiles differ in it */
  words?: Record<string, string>;
}

/** What is for some learners only names the keys of their roles and profiles; absent: for everybody. */
interface Limited {
  roles?: string[];
  profiles?: string[];
}

interface Block {
  id: string;
  key: string;
  title: string;
  minutes: string | number;
  breakpoint: boolean;
  pages: CoursePage[];
}

type PageKind =
  | "text"
  | "cards"
  | "video"
  | "true_false"
  | "choose_one"
  | "choose_several"
  | "order"
  | "hotspot"
  | "signals_scale"
  | "sort"
  | "dialogue"
  | "reflection"
  | "role"
  | "check"
  | "finish";

interface Picture {
  src: string;
  description: string;
  /** width and height: the page keeps its place until the picture has come */
  size?: number[];
}

/** Whole only when the second data file has come; until then it may be id, key and kind alone. */
interface CoursePage extends Limited {
  id: string;
  key: string;
  kind: PageKind;
  title: string;
  html: string;
  picture?: Picture;
  /** a recording of the page, a file of the package */
  audio?: string;
  /** said before the page is shown; the learner may skip it */
  warning?: string;
  cards?: (Limited & { audio?: string; id: string; title: string; html: string; picture?: Picture; innocent: string[] })[];
  film?: Film;
  /** what the film says and shows */
  transcript?: string;
  statements?: TrueFalseStatement[];
  question?: string;
  options?: Option[];
  keep_order?: boolean;
  steps?: (Limited & { id: string; html: string })[];
  scene?: Picture;
  objects?: SceneObject[];
  needed?: number;
  scale?: ScaleCard[];
  bins?: { id: string; title: string }[];
  sort?: SortCard[];
  turns?: Turn[];
  endings?: Ending[];
  /** for the team to talk about */
  team?: string;
  /** to save or print */
  card?: string;
  feedback?: string | null;
}

/** A film, a file of the package; captions: from, to (in seconds), words as WebVTT has them. */
interface Film {
  src: string;
  bytes: number;
  captions: [number, number, string][];
}

/** A thing in a scene. `box`: x, y, width, height in percent of the picture. */
interface SceneObject {
  id: string;
  title: string;
  html: string;
  box: [number, number, number, number];
  signal: { strength: "weak" | "medium" | "strong"; innocent: string[] } | null;
}

type ScaleAnswer = "nothing" | "alert" | "tell";

interface ScaleCard extends Limited {
  id: string;
  title: string;
  html: string;
  fits: ScaleAnswer[];
  feedback: Record<ScaleAnswer, string>;
  innocent: string[];
}

interface SortCard extends Limited {
  id: string;
  html: string;
  bin: string;
  feedback: string;
}

interface Turn {
  id: string;
  title: string;
  html: string;
  question: string;
  choices: Choice[];
}

interface Choice {
  id: string;
  html: string;
  feedback: string;
  /** id of a turn or an ending */
  to: string;
}

interface Ending {
  id: string;
  title: string;
  html: string;
  good: boolean;
}

interface TrueFalseStatement extends Limited {
  id: string;
  key: string;
  html: string;
  answer: boolean;
  feedback: string;
}

interface Option extends Limited {
  id: string;
  html: string;
  right: boolean;
  feedback: string;
}

interface Question extends Limited {
  id: string;
  key: string;
  kind: "choose_one" | "choose_several";
  must_pass: boolean;
  html: string;
  question: string;
  options: Option[];
  keep_order?: boolean;
  feedback: string | null;
}

interface Check {
  draw: number;
  pass: number;
  questions: Question[];
}

/** One language of a package that has several; `file` is its course data, the words are its own. */
interface LanguageChoice {
  tag: string;
  dir: "ltr" | "rtl";
  name: string;
  file: string;
  choose: string;
  waiting: string;
  failed: string;
}

/**
 * What a learner has done on the open page so far, kept while its language changes: the order in
 * which things are shown, and what was chosen, by ids and numbers that are the same in all languages.
 */
interface PageMemory {
  index?: number;
  tries?: number;
  order?: string[];
  chosen?: string[];
  value?: boolean;
  answered?: boolean;
  question?: string;
  /** of a film: taken as film, stills or words; of a scene: as picture or list */
  way?: string;
  /** of a film: how far it was played */
  seconds?: number;
}

/** Where the learner is, to be shown again in another language. */
interface Place {
  index: number;
  memory: PageMemory;
  atBreak: boolean;
  /** ids of pages with a warning that the learner has agreed to see */
  agreed: Set<string>;
}

/** One page with its place in the course; what the navigation walks. */
interface Stop {
  page: CoursePage;
  block: Block;
  blockNumber: number;
  numberInBlock: number;
}

type Verb = "initialized" | "completed" | "passed" | "failed" | "suspended" | "terminated";

/** Everything that a statement cannot take from the course data, so that a replay is the same. */
interface Fact {
  verb: Verb;
  n: number;
  /** milliseconds since 1970, UTC */
  time: number;
  language: string;
  version: string;
  right: number;
  draw: number;
  /** the LRS refused it for good in this session */
  refused: boolean;
  /** code of the hotel that the learner had chosen; "" or "-": none */
  hotel: string;
  /** id of the profile, of a learner who does not count; absent: of everybody else */
  guest?: string;
}

interface CheckProgress {
  /** keys of the questions of this attempt, in the order in which they are asked */
  drawn: string[];
  right: string[];
  /** keys answered wrong in the current try */
  wrong: string[];
  failedTries: number;
}

interface Progress {
  registration: string;
  session: number;
  bookmark: string;
  /** key of the role that the learner chose; "": none yet, or one that the course no longer has */
  role: string;
  /** key of the profile that the learner chose; "": none, so the first */
  profile: string;
  seen: string[];
  statements: string[];
  check: CheckProgress;
  done: boolean;
  /** code of the hotel that the learner chose; "-": it is not in the list; "": not asked */
  hotel: string;
  facts: Fact[];
  /** statements that told how a session went and that the LRS refused for good */
  refused: number;
  /** not stored: facts are being recorded in this session */
  recording: boolean;
  /** not stored: the LMS held the end of the course before this session began */
  ended: boolean;
  /** not stored: a try of the check failed in this session */
  failedHere: boolean;
}

interface Launch {
  learnerId: string;
  /** the pseudonym, where the learner has no id but a personal code */
  learner?: string;
  /** code of the hotel, where it is known before the course begins */
  hotel?: string;
  mode: "normal" | "review" | "browse";
  credit: boolean;
  /** the LMS already holds the best that this course can reach */
  completed: boolean;
  passed: boolean;
  suspendData: string;
  /** the learner's language as the LMS spells it, "" for none; asked only where there is a choice */
  language?: () => string;
  /** the share of right answers that the LMS takes for a pass, 0..1; null: it names none */
  masteryScore: number | null;
}

/** One answered question of the check; `chosen` is null where only the result is told. */
interface Answer {
  question: Question;
  /** ids of options */
  chosen: string[] | null;
  right: boolean;
  /** milliseconds since 1970 */
  time: number;
}

/** What a save tells the LMS. null = leave as it is. */
interface Snapshot {
  suspendData: string;
  location: string | null;
  /** share of the pages seen, 0..1 */
  progress: number | null;
  outcome: Outcome;
  /** share right, 0..1 */
  score: number | null;
  /** answers that the LMS has not heard of; empty unless the package tells answers */
  answers: Answer[];
  seconds: number | null;
}

interface Outcome {
  scorm12: { status: string | null; exit: string };
  scorm2004: { completion: string | null; success: string | null; exit: string };
  /** verbs for an LMS that listens by xAPI; it also hears `initialized` and `terminated`, always */
  statements: { now: Verb[]; atEnd: Verb[] };
}

/**
 * saved: stored and read back, or acknowledged; failed: the LMS said no, or nothing; lied: it said
 * yes and holds something else; pending: the answer is under way, to `later.listen`
 */
type SaveResult = "saved" | "failed" | "lied" | "pending";

/** Suspend data found -> suspend data that has what both know. */
type Meet = (found: string) => string;

interface Runtime {
  launch: Launch;
  save(snapshot: Snapshot): SaveResult;
  /** `meet` gets suspend data that this window did not write, and gives what is to be kept instead */
  onForeign(meet: Meet): void;
  finish(): boolean;
  /** only where the LMS answers later than it is asked */
  later?: {
    listen(onResult: (result: SaveResult) => void): void;
    /** everything that was saved has been answered */
    settled(): Promise<unknown>;
    /** the end of the session has been answered */
    closed(): Promise<unknown>;
  };
  /** only where the course has several SCOs: tell the LMS where the learner wants to go */
  navigate?(onward: boolean): void;
  /** where the LMS wants the window to go when the learner leaves; "" or absent: nowhere */
  returnUrl?: string;
  /** only where several people may share the device, and the device is all that keeps progress */
  shared?: {
    /** false: the browser keeps nothing */
    isKept: boolean;
    /** what others have left on this device; `except`: the record of whoever is here now */
    others: { store: import("./runtime/web_store.js").WebStore; except: string };
    /** this learner goes; whoever opens the course next is asked who they are */
    leave(): void;
    /** the same, and at once */
    startOver(): void;
  };
}

/** A statement for the LMS (xAPI 1.0.3 Data, section 2). */
interface Statement {
  id: string;
  verb: { id: string; display: Record<string, string> };
  [property: string]: unknown;
}

/** What a statement for the LMS is made of: milliseconds since 1970, and seconds of active time. */
interface Said {
  time: number;
  session: number;
  total: number;
  score: number | null;
}

type LmsFunction = (...values: string[]) => unknown;
type LmsApi = Record<string, LmsFunction | undefined>;

interface Connection {
  initialize(): boolean;
  get(element: string): string;
  set(element: string, value: string): boolean;
  commit(): boolean;
  finish(): boolean;
  /** begin again, after a call that failed, where the LMS has ended the session or put another API in its place */
  revive(): boolean;
  /** say nothing more */
  abandon(): void;
}

type Words = (key: string, values?: Record<string, string | number>) => string;

declare var noroomCourse: Course;
declare var noroomTexts: CourseTexts | undefined;
