import type { DeployedPipeline, StackOutputs } from "../../stack-outputs.ts";
import type { RunOptions } from "../execution/prepare-run.ts";
import type { ThresholdFlags } from "./thresholds.ts";
import type { VerdictName } from "./verdict.ts";

/** What a check found of an execution, for its note. */
export interface Found {
  readonly verdict: VerdictName | "error";
  readonly thresholds?: Readonly<Record<string, number>>;
}

/** What a stack check is asked for. */
export interface CheckOptions extends Omit<RunOptions, "purpose"> {
  readonly outputs: StackOutputs;
  readonly pipeline: DeployedPipeline;
  /** The ARN of the model package to compare with in place of the latest approved one; `none` for no comparison. */
  readonly baseline?: string | undefined;
  /** Thresholds in place of the deployed ones, as text. */
  readonly thresholds?: ThresholdFlags | undefined;
  /** Told the verdict, once there is one, and the thresholds that were given for it. */
  readonly onVerdict?: (found: Found) => void;
}
