/**
 * A SCORM 1.2 API that forgives nothing: unknown elements, wrong types, too long values, calls out
 * of order. SCORM 1.2 RTE chapter 3. Every breach is also kept in `window.strictViolations`.
 */
window.strictViolations = [];

function createStrict12(initial) {
  "use strict";
  const STRING255 = /^[\x20-\x7e\u00a0-\uffff]{0,255}$/u;
  const TIMESPAN = /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/;
  const SCORE = /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)?$/;
  const STATUS = /^(passed|completed|failed|incomplete|browsed)$/;
  const EXIT = /^(time-out|suspend|logout|)$/;
  const READ_ONLY = ["student_id", "student_name", "credit", "entry", "total_time", "lesson_mode"].map((name) => `cmi.core.${name}`).concat("cmi.student_data.mastery_score");
  const WRITABLE = {
    "cmi.core.lesson_location": STRING255,
    "cmi.core.lesson_status": STATUS,
    "cmi.core.score.raw": SCORE,
    "cmi.core.exit": EXIT,
    "cmi.core.session_time": TIMESPAN,
    "cmi.suspend_data": /^[\x20-\x7e]{0,4096}$/,
  };
  const WRITE_ONLY = ["cmi.core.exit", "cmi.core.session_time"];
  const values = { "cmi.core.lesson_status": "not attempted", "cmi.core.total_time": "0000:00:00.00", ...initial };
  let phase = "new";
  let error = "0";

  function answer(code, good, bad, detail) {
    error = code;
    if (code !== "0") window.strictViolations.push(`${code} ${detail}`);
    return code === "0" ? good : bad;
  }

  return {
    LMSInitialize(argument) {
      const code = argument !== "" ? "201" : phase === "new" ? "0" : "101";
      if (code === "0") phase = "running";
      return answer(code, "true", "false", "LMSInitialize");
    },
    LMSFinish(argument) {
      const code = argument !== "" ? "201" : phase === "running" ? "0" : "301";
      if (code === "0") phase = "done";
      return answer(code, "true", "false", "LMSFinish");
    },
    LMSCommit(argument) {
      const code = argument !== "" ? "201" : phase === "running" ? "0" : "301";
      return answer(code, "true", "false", "LMSCommit");
    },
    LMSGetValue(element) {
      const known = READ_ONLY.includes(element) || element in WRITABLE;
      const code = phase !== "running" ? "301" : WRITE_ONLY.includes(element) ? "404" : known ? "0" : "401";
      return answer(code, values[element] ?? "", "", `LMSGetValue ${element}`);
    },
    LMSSetValue(element, value) {
      const pattern = WRITABLE[element];
      let code = "0";
      if (phase !== "running") code = "301";
      else if (READ_ONLY.includes(element)) code = "403";
      else if (!pattern) code = "401";
      else if (typeof value !== "string" || !pattern.test(value)) code = "405";
      else values[element] = value;
      return answer(code, "true", "false", `LMSSetValue ${element}=${value}`);
    },
    LMSGetLastError: () => error,
    LMSGetErrorString: (code) => `error ${code}`,
    LMSGetDiagnostic: (code) => `error ${code}`,
  };
}
