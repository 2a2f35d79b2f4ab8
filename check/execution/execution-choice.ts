import { isExecutionArn } from "../../aws/arn.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type BaselineOption, noBaseline } from "./baseline-option.ts";

/** The user's choice of an execution. */
export type ExecutionChoice =
  /** The existing execution of the command's identity, or a new one. */
  | { readonly kind: "own" }
  /** The same, but only for one step and all steps that depend on it. */
  | { readonly kind: "from-step"; readonly step: string }
  /** The execution with this ARN. */
  | { readonly kind: "given"; readonly arn: string }
  /** The pipeline's latest execution, as it is. */
  | { readonly kind: "latest" }
  /** The pipeline's latest execution, retried from where it failed or was stopped. */
  | { readonly kind: "retry" };

/** The options that choose an execution, for `parseArgs`. Only a command that judges has `no-start` and `baseline`. */
export const choiceOptions = {
  execution: { type: "string" },
  "from-step": { type: "string" },
  retry: { type: "boolean" },
  "no-start": { type: "boolean" },
  baseline: { type: "string" },
} as const;

export const choiceHelp = `
  --execution ARN          uses this execution, and waits for its end if it is running
  --from-step NAME         runs only this step and those that depend on it, with the latest results of the others
  --retry                  retries the latest execution, which failed or was stopped, from where it ended
`.trim();

export interface ChoiceFlags {
  readonly execution?: string | undefined;
  readonly "from-step"?: string | undefined;
  readonly retry?: boolean | undefined;
  readonly "no-start"?: boolean | undefined;
  readonly baseline?: BaselineOption | undefined;
  readonly parameter: readonly string[];
}

/** The options that choose an existing execution, whose parameters and baseline are already fixed. */
const existing = ["execution", "retry", "no-start"] as const;

/**
 * Reads the choice of an execution from the options.
 *
 * @throws ExitError (2) for options that contradict each other, and for an invalid ARN
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
    throw usage(`--${there} chooses an execution that has its parameters: leave out --parameter, or start a new one.`);
  if (there !== undefined && baseline !== undefined && baseline !== noBaseline)
    throw usage(`--${there} chooses an execution that has its baseline: leave out --baseline, or start a new one.`);
  if (arn !== undefined && !isExecutionArn(arn))
    throw usage(`--execution takes the ARN of a pipeline execution, not "${arn}".`);
  if (step === "") throw usage("--from-step is empty: give the name of a step.");
  if (arn !== undefined) return { kind: "given", arn };
  if (step !== undefined) return { kind: "from-step", step };
  if (first === "retry") return { kind: "retry" };
  return first === "no-start" ? { kind: "latest" } : { kind: "own" };
}
