import type { AwsClients } from "../aws/clients.ts";
import { exitCode } from "../exit-code.ts";
import type { ExecutionNote } from "./execution/execution-note.ts";
import type { KnownExecution } from "./execution/known-executions.ts";
import { noteVerdict } from "./execution/note-verdict.ts";
import type { VerdictName } from "./gate/verdict.ts";

/** The part of a check's result that its execution's note contains. */
export interface NotedEnd {
  readonly exitCode: number;
  readonly execution?: KnownExecution | undefined;
  /** The verdict and the given thresholds; absent if the check reached no verdict. */
  readonly judged?: { readonly verdict: VerdictName } & Pick<ExecutionNote, "thresholds">;
}

/** Exit codes after which checking the same execution again is pointless, although it has no verdict. */
const conclusive: ReadonlySet<number> = new Set([exitCode.executionFailed, exitCode.evaluation]);

/**
 * Notes a check's result on its execution, so that the next check starts a new one. A check that ended for another reason, such
 * as its deadline, leaves no note, so the next check follows the same execution. An error never replaces a verdict.
 */
export async function noteEnd(
  clients: AwsClients,
  { exitCode: code, execution, judged }: NotedEnd,
  print: (line: string) => void,
): Promise<void> {
  if (execution === undefined) return;
  if (judged !== undefined) return noteVerdict(clients, execution, judged, print);
  const { verdict, thresholds } = execution.note ?? {};
  if (verdict === undefined && conclusive.has(code))
    await noteVerdict(clients, execution, { verdict: "error", thresholds }, print);
}
