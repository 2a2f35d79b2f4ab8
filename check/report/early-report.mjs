// Reports a check that ends before its modules are loaded or installed. It is plain JavaScript, because the launcher imports it first.
import { constants } from "node:os";
import { resolve } from "node:path";
import { pageFrame } from "./page/page-frame.mjs";
import { escapeHtml } from "./plots/escape-html.mjs";
import { forgetEarlier, writeFiles } from "./report-files.mjs";

/** Describes the end of a check when only its exit code is known. */
export function endOf(code) {
  const [name] = Object.entries(constants.signals).find(([, number]) => 128 + number === code) ?? [];
  return name === undefined ? `The check ended with exit code ${code}.` : `The check was ended by ${name}.`;
}

/** Returns the report of an error in every form. Only its page looks plainer than the full report's. */
export function errorForms(exitCode, reasons, created) {
  const report = { version: 1, verdict: "error", exitCode, reasons, created: created.toISOString() };
  const text = reasons.join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  const fence = "`".repeat(longest + 1);
  return {
    json: `${JSON.stringify(report, null, 2)}\n`,
    markdown: `## Stack check: ERROR

${fence}text
${text}
${fence}

exit code: \`${exitCode}\`<br>
reported: \`${report.created}\`
`,
    page: pageFrame(
      "ERROR: stack check",
      `<h1>ERROR stack check</h1>
<pre>${escapeHtml(text)}</pre>
<p>exit code ${exitCode}, reported ${report.created}</p>
`,
    ),
  };
}

let folder;
let reasons;

function writeAtExit(code) {
  if (folder === undefined || code === 0) return;
  try {
    writeFiles(folder, errorForms(code, reasons ?? [endOf(code)], new Date()));
  } catch {
    // A full disk does not change the exit code of a check.
  }
}

const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

function endAtOnce(signal) {
  process.exit(128 + constants.signals[signal]);
}

let end = endAtOnce;

function hear(signal) {
  end(signal);
}

/** Makes signals end the process with an exit code, so that its exit handlers run. */
export function hearSignals() {
  for (const signal of endSignals) process.on(signal, hear);
}

/** Replaces the handler of signals. A call without a handler restores the default, which ends the process at once. */
export function onSignal(handler = endAtOnce) {
  end = handler;
}

/**
 * Removes the report of an earlier check. Until `takeOver`, the end of the process writes a report of that end.
 *
 * @returns the problem, if the place cannot be a folder
 */
export function beginReport(place) {
  const problem = forgetEarlier(resolve(place));
  if (problem !== undefined) return problem;
  folder = resolve(place);
  process.on("exit", writeAtExit);
  return undefined;
}

/** Stores the reason for the end of the process, for the report. */
export function endsFor(reason) {
  reasons = reason.split("\n");
}

/** Leaves signals and the final report to the loaded command. */
export function takeOver() {
  for (const signal of endSignals) process.off(signal, hear);
  process.off("exit", writeAtExit);
}
