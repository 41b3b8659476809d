/** Rules beyond the type checker: what the linker and an LMS's content security policy demand. */

const BROWSER = [
  "AbortController", "BroadcastChannel", "MutationObserver", "SpeechSynthesisUtterance", "TextEncoder", "URLSearchParams", "VTTCue", "addEventListener", "clearTimeout", "crypto", "document", "fetch",
  "globalThis", "location", "matchMedia", "navigator", "noroomCourse", "performance", "removeEventListener", "requestAnimationFrame",
  "scrollTo", "setTimeout", "window",
];
const PREVIEW = ["Event", "FormData", "HTMLInputElement", "HTMLSelectElement", "sessionStorage"];
const NODE = ["Buffer", "Response", "URL"];

/** @param {string[]} names */
const readonly = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

const RULES = {
  "eqeqeq": "error",
  "max-lines": ["error", 400],
  "max-lines-per-function": ["error", { max: 120, skipComments: true }],
  "no-alert": "error",
  "no-console": "error",
  "no-duplicate-imports": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-labels": "error",
  "no-new-func": "error",
  "no-redeclare": ["error", { builtinGlobals: true }],
  "no-undef": "error",
  "no-unused-vars": "error",
  "no-var": "error",
  "prefer-const": "error",
  "semi": "error",
  "no-restricted-syntax": [
    "error",
    { selector: "Literal[value='unload']", message: "unload does not fire on phones; use pagehide." },
    { selector: "MemberExpression[property.name='outerHTML']", message: "Build elements instead." },
  ],
};

export default [
  { ignores: ["**/node_modules/", "build/", "dist/", ".venv*/"] },
  {
    files: ["scorm_builder/player/**/*.js", "scorm_builder/site/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: readonly(BROWSER) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: RULES,
  },
  {
    files: ["scorm_builder/preview/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: readonly([...BROWSER, ...PREVIEW]) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: RULES,
  },
  {
    files: ["xapi_lrs_reports/certificates/page/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: readonly([...BROWSER, "Intl", "TextDecoder", "atob"]) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: RULES,
  },
  {
    files: ["tests/player/**/*.js", "eslint.config.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: readonly(NODE) },
    rules: { ...RULES, "no-redeclare": "error" },
  },
];
