import type { GatedPipeline, StackOutputs } from "../../stack-outputs.ts";
import type { ExecutionOptions } from "../execution/prepare-execution.ts";
import type { GivenThresholds } from "./threshold-options.ts";

/** The options of a stack check. */
export interface CheckOptions extends Omit<ExecutionOptions, "purpose"> {
  readonly outputs: StackOutputs;
  readonly pipeline: GatedPipeline;
  /** Whether an earlier execution with equal inputs is judged again instead of starting one in which no step would run. */
  readonly reuse?: boolean | undefined;
  /** Thresholds that replace the deployed ones. */
  readonly thresholds?: GivenThresholds | undefined;
}
