import type { AwsClients } from "../../aws/clients.ts";
import { within } from "../../aws/clock.ts";
import { type ExecutionNote, noteText } from "./execution-note.ts";
import type { KnownExecution } from "./known-executions.ts";
import { writeNote } from "./write-note.ts";

/** Who has a verdict waits no longer than this for its note, in milliseconds. */
const longestNote = 5000;

/**
 * Notes on an execution what was found of it, and by which thresholds: from now on a run of the same identity is a new
 * execution. The finding stands also where AWS does not take the note; then the next run judges the same execution again, which
 * is what is said. One that no run of these commands started is left as it is.
 */
export async function noteVerdict(
  { sagemaker, clock }: AwsClients,
  { arn, note }: KnownExecution,
  { verdict, thresholds }: Pick<ExecutionNote, "verdict" | "thresholds">,
  print: (line: string) => void,
): Promise<void> {
  if (note === undefined) return;
  const judged = { ...note, verdict, thresholds };
  if (noteText(judged) === noteText(note)) return;
  try {
    await within(clock, longestNote, (stop) => writeNote(sagemaker, arn, judged, stop));
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    print(`The next run takes up this execution again, as its outcome is not noted on it. ${reason}`);
  }
}
