import { isExecutionArn } from "../../aws/arn.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type BaselineOption, noBaseline } from "./baseline-option.ts";

/** Which execution a command is about. */
export type ExecutionChoice =
  /** That of this run's identity, or a new one. */
  | { readonly kind: "own" }
  /** The same for a part of the pipeline: a step and all that follow it. */
  | { readonly kind: "from-step"; readonly step: string }
  /** A certain one. */
  | { readonly kind: "given"; readonly arn: string }
  /** The pipeline's latest one, as it is. */
  | { readonly kind: "latest" }
  /** The pipeline's latest one, run on from where it failed. */
  | { readonly kind: "retry" };

/** The options that choose an execution, for `parseArgs`; a command without a verdict has no `no-start`. */
export const choiceOptions = {
  execution: { type: "string" },
  "from-step": { type: "string" },
  retry: { type: "boolean" },
  "no-start": { type: "boolean" },
  baseline: { type: "string" },
} as const;

export const choiceHelp = `
  --execution ARN          this execution: waits for its end if it runs
  --from-step NAME         only this step and those after it, with the latest results of the others
  --retry                  the latest execution, which failed or was stopped, on from where it ended
`.trim();

export interface ChoiceFlags {
  readonly execution?: string | undefined;
  readonly "from-step"?: string | undefined;
  readonly retry?: boolean | undefined;
  readonly "no-start"?: boolean | undefined;
  readonly baseline?: BaselineOption | undefined;
  readonly parameter: readonly string[];
}

/** The options whose execution is there already: with its parameters, and the model that it compares with. */
const existing = ["execution", "retry", "no-start"] as const;

/**
 * Which execution the options choose.
 *
 * @throws ExitError (2) for options that contradict each other, and for what is no ARN
 */
export function executionChoice(flags: ChoiceFlags): ExecutionChoice {
  const { execution: arn, "from-step": step, baseline } = flags;
  const usage = (message: string) => new ExitError(exitCode.usage, message);
  const given = (["execution", "from-step", "retry", "no-start"] as const).filter(
    (name) => flags[name] !== undefined && flags[name] !== false,
  );
  const [first, second] = given;
  if (second !== undefined)
    throw usage(`--${first} and --${second} are both given, and each chooses an execution: give one of them.`);
  const there = existing.find((name) => name === first);
  if (there !== undefined && flags.parameter.length > 0)
    throw usage(`--${there} is about an execution that has its parameters: leave out --parameter, or start a new one.`);
  if (there !== undefined && baseline !== undefined && baseline !== noBaseline)
    throw usage(`--${there} is about an execution that has its baseline: leave out --baseline, or start a new one.`);
  if (arn !== undefined && !isExecutionArn(arn))
    throw usage(`--execution takes the ARN of a pipeline execution, not "${arn}".`);
  if (step === "") throw usage("--from-step is empty: give the name of a step.");
  if (arn !== undefined) return { kind: "given", arn };
  if (step !== undefined) return { kind: "from-step", step };
  if (first === "retry") return { kind: "retry" };
  return first === "no-start" ? { kind: "latest" } : { kind: "own" };
}
