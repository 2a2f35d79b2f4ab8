import { basename } from "node:path";
import type { Json } from "../../service-model/definition.ts";
import { shown } from "../check/problem.ts";
import { type Change, codeOf } from "./change.ts";
import type { DefinitionDifference, MemberDifference } from "./definition-difference.ts";
import type { NextRun } from "./next-run.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

/** A value on one line: what an expression refers to, code by its name and the beginning of its hash. */
function inWords(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const code = codeOf(value);
  if (code !== undefined) return `${basename(code.place)} ${code.sha256.slice(0, 12)}`;
  return shown(value);
}

function changeLine({ kind, path, before, after }: Change): string {
  switch (kind) {
    case "added":
      return `+ ${path}: ${inWords(after)}`;
    case "removed":
      return `- ${path}: ${inWords(before)}`;
    default:
      return `${kind === "changed" ? "~" : `~ ${kind}`} ${path}: ${inWords(before)} -> ${inWords(after)}`;
  }
}

function memberLines({ name, type, difference, changes, moved }: MemberDifference): readonly string[] {
  return [
    `  ${signs[difference]} ${name} (${type})`,
    ...(moved === undefined ? [] : [`      moved from ${moved.from} to ${moved.to}`]),
    ...changes.map((change) => `      ${changeLine(change)}`),
  ];
}

function nextRunLine({ step, outcome, because, branch }: NextRun, width: number): string {
  return `  ${step.padEnd(width)}  ${outcome}: ${because}${branch === undefined ? "" : ` (if the condition gets there: it is ${branch})`}`;
}

/** A difference as text for a terminal or a comment on a pull request. */
export function differenceText({ pipeline, parameters, steps, nextRuns }: DefinitionDifference): string {
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, ""]);
  const width = Math.max(0, ...nextRuns.map(({ step }) => step.length));
  const nothing = pipeline.length + parameters.length + steps.length === 0;
  return [
    ...(nothing ? ["Nothing differs.", ""] : []),
    ...section(
      "Pipeline",
      pipeline.map((change) => `  ${changeLine(change)}`),
    ),
    ...section("Parameters", parameters.flatMap(memberLines)),
    ...section("Steps", steps.flatMap(memberLines)),
    ...section(
      "The next execution, with default parameter values, after a successful one",
      nextRuns.map((run) => nextRunLine(run, width)),
    ),
  ].join("\n");
}
