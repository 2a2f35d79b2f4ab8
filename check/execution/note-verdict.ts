import type { AwsClients } from "../../aws/clients.ts";
import { within } from "../../aws/clock.ts";
import { type ExecutionNote, noteText } from "./execution-note.ts";
import type { KnownExecution } from "./known-executions.ts";
import { writeNote } from "./write-note.ts";

/** The longest wait for the note of a verdict, in milliseconds. */
const longestNote = 5000;

/**
 * Notes the verdict and its thresholds on an execution, so that the next command of the same identity starts a new one. If AWS
 * rejects the note, the verdict still counts; this prints that the next command will judge the same execution again. Leaves an
 * execution alone that these commands did not start.
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
    print(`The next check judges this execution again, because its verdict could not be noted on it. ${reason}`);
  }
}
