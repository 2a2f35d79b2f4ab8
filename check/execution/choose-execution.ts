import { ExitError, exitCode } from "../../exit-code.ts";
import { endpointEnded, hasFailureCode } from "../../service-model/failure-code.ts";
import type { ExecutionChoice } from "./execution-choice.ts";
import { isUnfinished, type KnownExecution } from "./known-executions.ts";

/** What a command does about an execution, once it knows which are there. */
export type Chosen =
  /** Waits for its end, if it runs. `said` is for the user: why there is no new one. */
  | { readonly kind: "attach"; readonly execution: KnownExecution; readonly said: string }
  | { readonly kind: "retry"; readonly execution: KnownExecution }
  /** Starts one; the predecessor is the last one of the same identity, which has its verdict. */
  | { readonly kind: "start"; readonly predecessor?: KnownExecution | undefined };

/**
 * Whether an execution of the same identity is still this run's own. While it runs, and as long as no verdict was written, it
 * is; one that was stopped, or that ended with the local endpoint, has nothing to judge. With a verdict it is within the same
 * run of continuous integration only, where the same verdict is reported again.
 */
export function isOwn(execution: KnownExecution, ciRun: string | undefined): boolean {
  if (isUnfinished(execution)) return execution.status !== "Stopping";
  if (execution.note?.verdict === undefined)
    return execution.status !== "Stopped" && !hasFailureCode(execution.failureReason, endpointEnded);
  return ciRun !== undefined;
}

function attachTo(execution: KnownExecution, ciRun: string | undefined): Chosen {
  if (isUnfinished(execution)) return { kind: "attach", execution, said: "it runs already: following it" };
  const { verdict } = execution.note ?? {};
  if (verdict === undefined) return { kind: "attach", execution, said: "it ended, and nobody has judged it yet" };
  return { kind: "attach", execution, said: `it has its verdict in this CI run ${ciRun}: reporting it again` };
}

/** That of an identity, or a new one. `latest` are the pipeline's executions, newest first. */
function ownExecution(latest: readonly KnownExecution[], digest: string, ciRun: string | undefined): Chosen {
  const last = latest.find(({ note }) => note?.identity === digest);
  if (last !== undefined && isOwn(last, ciRun)) return attachTo(last, ciRun);
  return { kind: "start", predecessor: last };
}

function retried(last: KnownExecution): Chosen {
  if (isUnfinished(last)) return { kind: "attach", execution: last, said: "it runs already: following it" };
  if (last.status === "Failed" || last.status === "Stopped") return { kind: "retry", execution: last };
  throw new ExitError(
    exitCode.usage,
    `--retry: the latest execution ${last.arn} ${last.status.toLowerCase()}; only one that failed or was stopped can be retried.`,
  );
}

/**
 * Decides which execution a run is about.
 *
 * @param latest the pipeline's executions, newest first
 * @param digest of the run's identity
 * @throws ExitError (2) if there is no execution to judge, or none that can be retried
 */
export function chooseAmong(
  choice: Exclude<ExecutionChoice, { readonly kind: "given" }>,
  latest: readonly KnownExecution[],
  digest: string,
  ciRun: string | undefined,
): Chosen {
  if (choice.kind === "own" || choice.kind === "from-step") return ownExecution(latest, digest, ciRun);
  const [last] = latest;
  if (last === undefined)
    throw new ExitError(exitCode.usage, "The pipeline has no execution yet: run it without --retry and --no-start.");
  return choice.kind === "retry" ? retried(last) : { kind: "attach", execution: last, said: "the latest one" };
}

/** What is said of other executions that run while this one starts: they are not this run's. */
export function othersText(latest: readonly KnownExecution[], digest: string): readonly string[] {
  return latest
    .filter((each) => isUnfinished(each) && each.note?.identity !== digest)
    .map(({ arn, note }) => {
      const by = note === undefined ? "started otherwise" : `a ${note.purpose} of other sources or parameters`;
      return `Beside it runs ${arn}: ${by}.`;
    });
}
