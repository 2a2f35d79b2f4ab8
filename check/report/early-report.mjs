// The report of a check that ends before its modules are loaded, or installed. Plain JavaScript without dependencies, as
// the launcher imports it before it does anything.
import { constants } from "node:os";
import { resolve } from "node:path";
import { forgetEarlier, writeFiles } from "./report-files.mjs";

/**
 * What ended a check, where nothing says more.
 *
 * @param code its exit code
 */
export function endOf(code) {
  const [name] = Object.entries(constants.signals).find(([, number]) => 128 + number === code) ?? [];
  return name === undefined ? `The check ended with exit code ${code}.` : `The check was ended by ${name}.`;
}

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** An error alone, in every form of a report: as the full ones say it, but for the look of the page. */
export function errorForms(exitCode, reasons, created) {
  const report = { version: 1, verdict: "error", exitCode, reasons, created: created.toISOString() };
  const text = reasons.join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([row]) => row.length));
  const fence = "`".repeat(longest + 1);
  const escaped = text.replaceAll(/[^\P{C}\n\t]/gu, "").replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return {
    json: `${JSON.stringify(report, null, 2)}\n`,
    markdown: `## Stack check: ERROR

${fence}text
${text}
${fence}

exit code: \`${exitCode}\`<br>
reported: \`${report.created}\`
`,
    page: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>ERROR: stack check</title>
</head>
<body>
<main>
<h1>ERROR stack check</h1>
<pre>${escaped}</pre>
<p>exit code ${exitCode}, reported ${report.created}</p>
</main>
</body>
</html>
`,
  };
}

let folder;
let reasons;

function writeAtExit(code) {
  if (folder === undefined || code === 0) return;
  try {
    writeFiles(folder, errorForms(code, reasons ?? [endOf(code)], new Date()));
  } catch {
    // A full disk does not change how a check ends.
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

/** From here on a signal ends the process by an exit code, so that what is done at its exit is done. */
export function hearSignals() {
  for (const signal of endSignals) process.on(signal, hear);
}

/**
 * While something runs that has to end first.
 *
 * @param handler what a signal does; left out, it ends the process at once again
 */
export function onSignal(handler = endAtOnce) {
  end = handler;
}

/**
 * Forgets the report of an earlier check, and from here on to `takeOver` an end of the process leaves a report that says so.
 *
 * @returns what is wrong with the place, if it is no folder
 */
export function beginReport(place) {
  const problem = forgetEarlier(resolve(place));
  if (problem !== undefined) return problem;
  folder = resolve(place);
  process.on("exit", writeAtExit);
  return undefined;
}

/** Why the process is about to end, for the report. */
export function endsFor(reason) {
  reasons = reason.split("\n");
}

/** A command that is loaded hears signals itself, and reports its ends. */
export function takeOver() {
  for (const signal of endSignals) process.off(signal, hear);
  process.off("exit", writeAtExit);
}
