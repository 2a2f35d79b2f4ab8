import { stepTypeFacts } from "../../service-model/step-types.ts";
import { type Expression, isExpression } from "../expressions/expression.ts";
import { type Change, changesOf } from "./change.ts";
import type { StepDocument } from "./step-documents.ts";

/** What the next execution does with a step, if the last one succeeded and is not too old, and why. */
export interface NextRun {
  readonly step: string;
  readonly outcome: "runs" | "comes from the cache";
  readonly because: string;
  /** The branch that has to be taken for it, such as `in the if branch of Check`. */
  readonly branch?: string;
}

/** Execution variables that are the same in every execution of a pipeline. */
const constant: ReadonlySet<string> = new Set(["PipelineName", "PipelineArn"]);

/** Whether a path of a step's document is one of those that the service compares. */
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
      return `${path} reads something else`;
    default:
      return `${path} ${kind === "changed" ? "changed" : `was ${kind}`}`;
  }
}

/** What the steps of a pipeline do the next time. */
export class NextRuns {
  private readonly before: ReadonlyMap<string, StepDocument>;
  private readonly after: ReadonlyMap<string, StepDocument>;
  /** Parameters whose default is another one than before. */
  private readonly changedDefaults: ReadonlySet<string>;
  private readonly known = new Map<string, NextRun>();

  constructor(
    before: ReadonlyMap<string, StepDocument>,
    after: ReadonlyMap<string, StepDocument>,
    changedDefaults: ReadonlySet<string>,
  ) {
    this.before = before;
    this.after = after;
    this.changedDefaults = changedDefaults;
  }

  of(name: string): NextRun {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const because = this.reasonToRun(name);
    const document = this.after.get(name);
    const run: NextRun = {
      step: name,
      ...(because === undefined
        ? { outcome: "comes from the cache", because: "nothing that SageMaker compares changed" }
        : { outcome: "runs", because }),
      ...(document?.placed.containers.some(({ part }) => part !== "body") ? { branch: document.place } : {}),
    };
    this.known.set(name, run);
    return run;
  }

  private reasonToRun(name: string): string | undefined {
    const now = this.after.get(name);
    const old = this.before.get(name);
    if (now === undefined) return "it is not in the pipeline";
    const { step, uses } = now.placed;
    if (stepTypeFacts(step.type)?.cacheKey === undefined) return `SageMaker keeps no results of ${step.type} steps`;
    if (step.cache?.enabled !== true) return "its results are not kept (no cache)";
    if (old === undefined) return "it is new";
    if (old.placed.step.cache?.enabled !== true) return "its results were not kept before (no cache)";
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

  /** Why the value of an expression may be another one than the last time. */
  private reasonOf(value: Expression): string | undefined {
    switch (value.kind) {
      case "execution-variable":
        return constant.has(value.name) ? undefined : `it uses Execution.${value.name}, which is new each time`;
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
