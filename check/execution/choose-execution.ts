import { ExitError, exitCode } from "../../exit-code.ts";
import { endpointEnded, hasFailureCode } from "../../service-model/failure-code.ts";
import type { ExecutionChoice } from "./execution-choice.ts";
import { isUnfinished, type KnownExecution } from "./known-executions.ts";

/** The decision of a command: follow an existing execution, retry it, or start a new one. */
export type Chosen =
  /** Follows an execution to its end, if it is running. `said` tells the user why the command starts no other. */
  | { readonly kind: "attach"; readonly execution: KnownExecution; readonly said: string }
  | { readonly kind: "retry"; readonly execution: KnownExecution }
  /** Starts an execution. The predecessor is the last execution of the same identity; it has a verdict already. */
  | { readonly kind: "start"; readonly predecessor?: KnownExecution | undefined };

/**
 * Tells whether a command follows an existing execution of its own identity instead of starting a new one. It does while the
 * execution is running and until its verdict is noted, unless it was stopped or ended together with the local endpoint. After
 * the verdict it does so only within the same CI run, to report the same verdict again.
 */
export function isOwn(execution: KnownExecution, ciRun: string | undefined): boolean {
  if (isUnfinished(execution)) return execution.status !== "Stopping";
  if (execution.note?.verdict === undefined)
    return execution.status !== "Stopped" && !hasFailureCode(execution.failureReason, endpointEnded);
  return ciRun !== undefined;
}

function attachTo(execution: KnownExecution, ciRun: string | undefined): Chosen {
  if (isUnfinished(execution)) return { kind: "attach", execution, said: "it is running already: following it" };
  const { verdict } = execution.note ?? {};
  if (verdict === undefined) return { kind: "attach", execution, said: "it has ended and has no verdict yet" };
  return { kind: "attach", execution, said: `it has its verdict in this CI run ${ciRun}: reporting it again` };
}

/** Chooses the execution of an identity, or a new one. `latest` are the pipeline's executions, newest first. */
function ownExecution(latest: readonly KnownExecution[], digest: string, ciRun: string | undefined): Chosen {
  const last = latest.find(({ note }) => note?.identity === digest);
  if (last !== undefined && isOwn(last, ciRun)) return attachTo(last, ciRun);
  return { kind: "start", predecessor: last };
}

function retried(last: KnownExecution): Chosen {
  if (isUnfinished(last)) return { kind: "attach", execution: last, said: "it is running already: following it" };
  if (last.status === "Failed" || last.status === "Stopped") return { kind: "retry", execution: last };
  throw new ExitError(
    exitCode.usage,
    `--retry: the latest execution ${last.arn} ${last.status.toLowerCase()}; only one that failed or was stopped can be retried.`,
  );
}

/**
 * Decides which execution a command follows, retries or starts.
 *
 * @param latest the pipeline's executions, newest first
 * @param digest the digest of the command's identity
 * @throws ExitError (2) if no execution can be judged or retried
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

/** Returns a line for each other execution that is running while this one starts. */
export function othersText(latest: readonly KnownExecution[], digest: string): readonly string[] {
  return latest
    .filter((each) => isUnfinished(each) && each.note?.identity !== digest)
    .map(({ arn, note }) => {
      const by =
        note === undefined ? "not started by these commands" : `${note.purpose} with other sources or parameters`;
      return `Another execution is running at the same time: ${arn} (${by}).`;
    });
}
