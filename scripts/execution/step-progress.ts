import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";

/** Seconds as people write them: `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function outcome(step: PipelineExecutionStep): string {
  const { StepStatus: status, StartTime: start, EndTime: end, CacheHitResult: hit, Metadata: metadata } = step;
  if (status === "Executing" || status === "Starting") return "running";
  if (hit !== undefined) return "taken from the cache";
  const took = start === undefined || end === undefined ? "" : ` in ${duration(end.getTime() - start.getTime())}`;
  if (metadata?.Condition?.Outcome !== undefined) return `the condition is ${metadata.Condition.Outcome.toLowerCase()}`;
  const reason = step.FailureReason === undefined ? "" : `: ${step.FailureReason.split("\n")[0]}`;
  return `${(status ?? "unknown").toLowerCase()}${took}${reason}`;
}

/** Turns looks at the steps into lines, one whenever a step has something new to say. */
export function stepProgress(print: (line: string) => void): (steps: readonly PipelineExecutionStep[]) => void {
  const said = new Map<string, string>();
  return (steps) => {
    for (const step of steps) {
      const name = step.StepName ?? "";
      const line = outcome(step);
      if (said.get(name) === line) continue;
      said.set(name, line);
      print(`  ${name.padEnd(28)} ${line}`);
    }
  };
}
