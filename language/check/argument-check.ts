import { limits, type Quotas } from "../../service-model/limits.ts";
import { isExpression } from "../expressions/expression.ts";
import type { JobStep } from "../steps/step.ts";
import { at } from "./declared-names.ts";
import { duplicateProblems } from "./names.ts";
import { type Problem, shown } from "./problem.ts";

/** Collects the problems with the arguments of one step, each with its path. */
export class ArgumentCheck {
  readonly problems: Problem[] = [];
  private readonly step: JobStep;
  private readonly quotas: Quotas;

  constructor(step: JobStep, quotas: Quotas) {
    this.step = step;
    this.quotas = quotas;
  }

  value(path: string): unknown {
    return at(this.step.arguments, path);
  }

  report(path: string, message: string): void {
    const place = path.replaceAll(/\.(\d+)\./g, "[$1].");
    this.problems.push({ path: `Steps.${this.step.name}.Arguments.${place}`, message });
  }

  /** Checks that a number is whole and at least `least`. Missing values and expressions pass. */
  wholeFrom(path: string, least: number, what: string): void {
    const value = this.value(path);
    if (typeof value !== "number" || !Number.isFinite(value)) return;
    if (!Number.isInteger(value) || value < least)
      this.report(path, `is ${shown(value)}; ${what} must be a whole number of at least ${least}`);
  }

  /** Checks that a list or a map has at most `most` entries. */
  atMost(path: string, most: number): void {
    const value = this.value(path);
    if (typeof value !== "object" || value === null || isExpression(value)) return;
    const size = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (size > most) this.report(path, `has ${size} entries; SageMaker accepts ${most}; remove some`);
  }

  /** Checks that the items of a list or a map are strings of at most `longest` characters. */
  texts(path: string, longest: number): void {
    const value = this.value(path);
    if (typeof value !== "object" || value === null || isExpression(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const place = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
      if (typeof item === "string" && item.length > longest)
        this.report(place, `has ${item.length} characters; SageMaker accepts ${longest}; shorten it`);
      if (typeof item !== "string" && !isExpression(item))
        this.report(place, `is ${shown(item)}; SageMaker accepts only strings; write it as a string`);
    }
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
    this.wholeFrom(`${path}.MaxRuntimeInSeconds`, 1, "a time limit");
    const longest = this.quotas.executionDays * 86_400;
    if (typeof runtime === "number" && runtime > longest)
      this.report(
        `${path}.MaxRuntimeInSeconds`,
        `is ${runtime}; a pipeline's execution ends after ${longest} s; lower it`,
      );
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

  /** Checks the length of the job's name, if the arguments give one. */
  jobName(key: string): void {
    const name = this.value(key);
    if (typeof name !== "string") return;
    if (name.length > limits.jobNameCharacters)
      this.report(key, `has ${name.length} characters; SageMaker accepts ${limits.jobNameCharacters}; shorten it`);
  }

  /** Checks that exactly one of two arguments is given. */
  oneOf(first: string, second: string): void {
    const has = [first, second].filter((key) => this.value(key) !== undefined);
    if (has.length !== 1)
      this.report(first, `and ${second} are ${has.length === 0 ? "missing" : "both given"}; give one`);
  }
}
