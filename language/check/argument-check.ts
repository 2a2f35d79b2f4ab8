import { itemPath, type PathSegment, parsePath } from "../../service-model/property-path.ts";
import { isExpression } from "../expressions/expression.ts";
import type { JobStep } from "../steps/step.ts";
import { at } from "./declared-names.ts";
import { duplicateProblems } from "./names.ts";
import type { Problem } from "./problem.ts";

/** Collects the problems with the arguments of one step, each with its path. */
export class ArgumentCheck {
  readonly problems: Problem[] = [];
  readonly step: JobStep;

  constructor(step: JobStep) {
    this.step = step;
  }

  value(path: string): unknown {
    return at(this.step.arguments, path);
  }

  report(path: string, message: string): void {
    this.problems.push({ path: `Steps.${this.step.name}.Arguments${this.place(path)}`, message });
  }

  /** Returns a path with the names of the list items in it. */
  private place(path: string): string {
    let value: unknown = this.step.arguments;
    return parsePath(path)
      .map((key) => {
        const list = Array.isArray(value) ? value : undefined;
        value = (value as Record<PathSegment, unknown> | null | undefined)?.[key];
        return list === undefined ? `.${key}` : itemPath(value, Number(key));
      })
      .join("");
  }

  /** Checks that the items of a list have different names. */
  namedOnce(path: string, key: string, what: string): void {
    const list = this.value(path);
    if (!Array.isArray(list) || list.length < 2) return;
    const names = list.map((item) => at(item, key)).filter((name) => typeof name === "string");
    const place = `Steps.${this.step.name}.Arguments.${path}`;
    this.problems.push(...duplicateProblems(what, place, names));
  }

  /** Checks the maximum runtime of a job and its maximum wait for spot instances. */
  stoppingCondition(path: string, isSpot: unknown): void {
    const runtime = this.value(`${path}.MaxRuntimeInSeconds`);
    const wait = this.value(`${path}.MaxWaitTimeInSeconds`);
    if (isExpression(isSpot)) return;
    if (isSpot === true && wait === undefined)
      this.report(
        path,
        "has no MaxWaitTimeInSeconds, but managed spot training is on; give at least the maximum runtime",
      );
    if (isSpot !== true && typeof wait === "number")
      this.report(`${path}.MaxWaitTimeInSeconds`, "is given, but managed spot training is off; leave it out");
    if (isSpot === true && typeof wait === "number" && typeof runtime === "number" && wait < runtime)
      this.report(`${path}.MaxWaitTimeInSeconds`, `is ${wait}, less than the maximum runtime of ${runtime}; raise it`);
  }

  /** Checks that exactly one of two arguments is given. */
  oneOf(first: string, second: string): void {
    const has = [first, second].filter((key) => this.value(key) !== undefined);
    if (has.length !== 1)
      this.report(first, `and ${second} are ${has.length === 0 ? "missing" : "both given"}; give one`);
  }
}
