import type { ListedModel } from "./listed-models.ts";

const none = "-";
const commitCharacters = 12;

/** Returns how long ago a time was, in the largest unit that fits. */
export function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** Returns a commit, cut, with a mark if the working tree had changes. */
function shortCommit(commit = none): string {
  const [hash = none, ...changes] = commit.split("+");
  return `${hash.slice(0, commitCharacters)}${changes.length === 0 ? "" : "+"}`;
}

/** Returns the cells of a model's row. */
function cells(model: ListedModel, now: number): readonly string[] {
  const { version, value, verdict = none, status, byPerson, registered, commit, modelPackageArn } = model;
  return [
    String(version),
    value === undefined ? none : String(Number(value.toPrecision(4))),
    verdict,
    `${status}${byPerson ? " (person)" : ""}`,
    registered === undefined ? none : age(now - Date.parse(registered)),
    shortCommit(commit),
    modelPackageArn,
  ];
}

/**
 * Formats models as a table for a terminal, one line for each.
 *
 * @param metric the name of the gate's metric
 * @param now milliseconds since the epoch
 */
export function modelTable(models: readonly ListedModel[], metric: string, now: number): string {
  const head = ["version", metric, "verdict", "status", "age", "commit", "model"];
  const rows = [head, ...models.map((model) => cells(model, now))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
