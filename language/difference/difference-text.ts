import { basename } from "node:path";
import type { Json } from "../../service-model/definition.ts";
import { shown } from "../check/problem.ts";
import { type Change, codeOf } from "./change.ts";
import type { DefinitionDifference, MemberDifference } from "./definition-difference.ts";
import type { NextOutcome } from "./next-execution.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

/** Returns a value on one line: an expression as its references, code as its name and the first digits of its hash. */
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

function nextOutcomeLine({ step, outcome, because, branch }: NextOutcome, width: number): string {
  return `  ${step.padEnd(width)}  ${outcome}: ${because}${branch === undefined ? "" : ` (only if the condition chooses it: it is ${branch})`}`;
}

/** Returns a difference as text for a terminal or for a comment on a pull request. */
export function differenceText({ pipeline, parameters, steps, nextExecution }: DefinitionDifference): string {
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, ""]);
  const width = Math.max(0, ...nextExecution.map(({ step }) => step.length));
  const nothing = pipeline.length + parameters.length + steps.length === 0;
  return [
    ...(nothing ? ["No differences.", ""] : []),
    ...section(
      "Pipeline",
      pipeline.map((change) => `  ${changeLine(change)}`),
    ),
    ...section("Parameters", parameters.flatMap(memberLines)),
    ...section("Steps", steps.flatMap(memberLines)),
    ...section(
      "The next execution with default parameter values, if the last one succeeded",
      nextExecution.map((step) => nextOutcomeLine(step, width)),
    ),
  ].join("\n");
}
