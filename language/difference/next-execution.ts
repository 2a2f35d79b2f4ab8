import { constantVariables } from "../../service-model/cache-key.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import { type Expression, isExpression } from "../expressions/expression.ts";
import { type Change, changesOf } from "./change.ts";
import type { StepDocument } from "./step-documents.ts";

/** The expected outcome of a step in the next execution, and the reason, if the step cache has not expired. */
export interface NextOutcome {
  readonly step: string;
  readonly outcome: "runs" | "comes from the cache";
  readonly because: string;
  /** The branch that the step is in, such as `in the if branch of Check`. */
  readonly branch?: string;
}

/** Returns a function that says whether SageMaker's step cache compares the value at a path of a step's document. */
function isKey(type: string): (path: string) => boolean {
  const facts = stepTypeFacts(type);
  const below = (path: string, root: string) =>
    path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
  const keys = facts?.cacheKey === "all" ? [""] : (facts?.cacheKey ?? []);
  const roots = [
    ...keys.map((key) => (key === "" ? "Arguments" : `Arguments.${key}`)),
    ...(facts?.memberCacheKey ?? []),
  ];
  return (path) => roots.some((root) => below(path, root));
}

function changeInWords({ kind, path }: Change): string {
  switch (kind) {
    case "code":
      return `its code changed (${path})`;
    case "re-wired":
      return `${path} refers to something else`;
    default:
      return `${path} ${kind === "changed" ? "changed" : `was ${kind}`}`;
  }
}

/** Predicts for each step of a pipeline whether the next execution runs it or takes its result from the cache. */
export class NextExecution {
  private readonly before: ReadonlyMap<string, StepDocument>;
  private readonly after: ReadonlyMap<string, StepDocument>;
  /** The names of the parameters whose default value changed. */
  private readonly changedDefaults: ReadonlySet<string>;
  private readonly known = new Map<string, NextOutcome>();

  constructor(
    before: ReadonlyMap<string, StepDocument>,
    after: ReadonlyMap<string, StepDocument>,
    changedDefaults: ReadonlySet<string>,
  ) {
    this.before = before;
    this.after = after;
    this.changedDefaults = changedDefaults;
  }

  of(name: string): NextOutcome {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const because = this.reasonToRun(name);
    const document = this.after.get(name);
    const expected: NextOutcome = {
      step: name,
      ...(because === undefined
        ? { outcome: "comes from the cache", because: "the arguments that the cache compares did not change" }
        : { outcome: "runs", because }),
      ...(document?.placed.containers.some(({ part }) => part !== "body") ? { branch: document.place } : {}),
    };
    this.known.set(name, expected);
    return expected;
  }

  private reasonToRun(name: string): string | undefined {
    const now = this.after.get(name);
    const old = this.before.get(name);
    if (now === undefined) return "it is not in the pipeline";
    const { step, uses } = now.placed;
    if (stepTypeFacts(step.type)?.cacheKey === undefined) return `SageMaker does not cache ${step.type} steps`;
    if (step.cache?.enabled !== true) return "its cache is not enabled";
    if (old === undefined) return "it is new";
    if (old.placed.step.cache?.enabled !== true) return "its cache was not enabled before";
    if (old.placed.step.type !== step.type) return `it was a ${old.placed.step.type} step`;
    const compared = isKey(step.type);
    const change = changesOf(old.document, now.document).find(({ path }) => compared(path));
    if (change !== undefined) return changeInWords(change);
    for (const { value, path } of uses) {
      if (!compared(path.replace(`Steps.${name}.`, "")) || !isExpression(value)) continue;
      const reason = this.reasonOf(value);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Returns why the value of an expression may differ from the last execution, or undefined if it cannot. */
  private reasonOf(value: Expression): string | undefined {
    switch (value.kind) {
      case "execution-variable":
        return constantVariables.has(value.name)
          ? undefined
          : `it uses Execution.${value.name}, which is new each time`;
      case "parameter":
        return this.changedDefaults.has(value.name) ? `the default of the parameter ${value.name} changed` : undefined;
      case "property":
      case "property-file":
        return this.of(value.step).outcome === "runs" ? `it reads ${value.step}, which runs` : undefined;
      default:
        return undefined;
    }
  }
}
