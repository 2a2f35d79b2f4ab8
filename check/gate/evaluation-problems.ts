import type { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";
import { oneLine } from "../../service-model/one-line.ts";
import { valueAt } from "./metric-value.ts";

/** The page that describes the keys. */
const page = "docs/evaluation.md";

/** The most characters of a value that a message shows, and of a problem. */
const mostCharacters = { value: 80, problem: 800 };

type Path = readonly PropertyKey[];

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > mostCharacters.value ? `${text.slice(0, mostCharacters.value)}...` : text;
}

/** Returns the error for an evaluation with these problems, each a sentence without its full stop. */
export function unusableEvaluation(problems: readonly string[]): ExitError {
  const lines = problems.map((problem) => `${oneLine(problem, mostCharacters.problem)} (${page}).`);
  const start = "The evaluation cannot be used: ";
  const [line = ""] = lines;
  const message = lines.length === 1 ? `${start}${line}` : [`${start}${lines.length} problems.`, ...lines].join("\n");
  return new ExitError(exitCode.evaluation, message);
}

/** Collects the problems of an evaluation, so that all of them are reported together. */
export class EvaluationProblems {
  readonly #document: unknown;
  readonly #lines: string[] = [];

  constructor(document: unknown) {
    this.#document = document;
  }

  /** Adds a problem of several values, as a sentence without its full stop. */
  addSentence(problem: string): void {
    this.#lines.push(problem);
  }

  /** Adds a problem of the value at a path. */
  add(path: Path, problem: string): void {
    const value = shown(valueAt(this.#document, path));
    this.addSentence(`evaluation.json, ${path.join(".") || "document"} is ${value}: ${problem}`);
  }

  /** Returns the value at a path if it has the schema; otherwise adds its problems and returns undefined. */
  read<T>(path: Path, schema: z.ZodType<T>): T | undefined {
    const { data, error } = schema.safeParse(valueAt(this.#document, path));
    // Zod's messages begin with the kind of the problem and end with the type of the value, which is shown already.
    for (const { path: inner, message } of error?.issues ?? [])
      this.add([...path, ...inner], message.replace(/^[A-Z]\w+ \w+: /, "").replace(/, received \w+$/, ""));
    return data;
  }

  /** @throws ExitError (5) with every problem */
  throwIfAny(): void {
    if (this.#lines.length > 0) throw unusableEvaluation(this.#lines);
  }
}
