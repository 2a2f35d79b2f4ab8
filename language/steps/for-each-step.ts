import { defined } from "../../service-model/defined.ts";
import type { JobStepType } from "../../service-model/step-types.ts";
import { type CurrentItem, currentItem } from "../expressions/current-item.ts";
import { expression, type IterationOutput, type Property, type Value } from "../expressions/expression.ts";
import { type Properties, properties } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import type { ForEachStepData, JobStep } from "./step.ts";
import { type StepOptions, stepData } from "./step-options.ts";

/** The steps that run once for each item, by names that the author chooses. */
export type ForEachBody = { readonly [name: string]: JobStep & { readonly type: Exclude<JobStepType, "Fail"> } };

/** The properties and outputs of a body step. */
export type Results<BodyStep> = Pick<BodyStep, Extract<keyof BodyStep, "properties" | "outputs">>;

/** The items, and the steps that run for each item. */
export interface ForEachStepOptions<Body extends ForEachBody, Item = string> extends StepOptions {
  /** An expression for a list as JSON text, or a list of 1 to 100 values. */
  readonly items: Value<string> | readonly Value<string | number | boolean>[];
  /** The number of iterations that run at the same time, from 1 to 50. */
  readonly maxConcurrency: number;
  /** Returns the steps for one item. Condition, Fail and ForEach steps are not allowed. */
  readonly body: (item: CurrentItem<Item>) => Body;
  /** The rule that picks the iteration for `selected`. Default: none. */
  readonly selector?: IterationSelector<Body> | undefined;
}

/** A rule that picks the iteration with the largest or smallest `field`, a value of a body step. */
export interface IterationSelector<Body extends ForEachBody> {
  readonly pick: "MaxBy" | "MinBy";
  readonly field: (body: Body) => Property<number>;
}

/** SageMaker's counts of the iterations and of the steps in them. */
export interface ForEachDescription {
  Status: string;
  InputItemCount: number;
  TotalStepCount: number;
  SucceededStepCount: number;
  FailedStepCount: number;
  StoppedStepCount: number;
}

/** A ForEach step, with its counts and the results of its iterations. */
export interface ForEachStep<Body extends ForEachBody = ForEachBody> extends ForEachStepData {
  readonly properties: Properties<ForEachDescription>;
  /** Returns the results of the body steps for the item at `index`. */
  iteration(index: number): { readonly [Name in keyof Body]: Results<Body[Name]> };
  /**
   * The results of the step that the selector's field belongs to, in the iteration that the selector picked.
   *
   * @throws Error if the step has no selector
   */
  readonly selected: Results<Body[keyof Body]>;
}

/** Returns the results of a body step as references below the path `root` of the ForEach step `step`. */
function resultsAt<BodyStep extends JobStep>(bodyStep: BodyStep, step: string, root: string): Results<BodyStep> {
  const { properties: described, outputs } = bodyStep as {
    readonly properties?: unknown;
    readonly outputs?: Readonly<Record<string, Property>>;
  };
  return Object.freeze({
    ...defined({ properties: described && properties(step, root) }),
    ...(outputs === undefined
      ? {}
      : {
          outputs: recordOf(`step ${bodyStep.name}, outputs`, Object.keys(outputs), (name) =>
            properties(step, `${root}.${(outputs[name] as Property).path}`),
          ),
        }),
  }) as unknown as Results<BodyStep>;
}

/** Converts a property of a body step to the value that a selector compares. */
function iterationOutput({ step, path }: Property<number>): IterationOutput {
  return expression<IterationOutput>({ kind: "iteration-output", step, path });
}

/**
 * Declares a step that runs its body for each item of a list, several at a time. An earlier step may return the list.
 * Source: `ForEachStep` of the SageMaker Python SDK 3
 */
export function forEachStep<const Body extends ForEachBody, Item = string>(
  name: string,
  { items, maxConcurrency, body, selector, ...options }: ForEachStepOptions<Body, Item>,
): ForEachStep<Body> {
  const steps = body(currentItem<Item>());
  const field = selector && iterationOutput(selector.field(steps));
  const picked = Object.values(steps).find((step) => step.name === field?.step);
  const data: Omit<ForEachStep<Body>, "selected"> = {
    kind: "for-each",
    type: "ForEach",
    ...stepData(name, options),
    items: Array.isArray(items) ? Object.freeze([...items]) : items,
    maxConcurrency,
    ...(selector === undefined || field === undefined
      ? {}
      : { selector: Object.freeze({ pick: selector.pick, field }) }),
    steps: Object.freeze(Object.values(steps)),
    properties: properties<ForEachDescription>(name),
    iteration: (index) =>
      recordOf(`step ${name}, body`, Object.keys(steps) as (keyof Body & string)[], (key) =>
        resultsAt(steps[key] as Body[typeof key], name, `IterationOutputs[${index}].${steps[key]?.name}`),
      ) as { readonly [Name in keyof Body]: Results<Body[Name]> },
  };
  return Object.freeze({
    ...data,
    get selected(): Results<Body[keyof Body]> {
      if (picked === undefined) throw new Error(`step ${name} has no selected iteration; give it a selector`);
      return resultsAt(picked as Body[keyof Body], name, "Selected");
    },
  });
}
