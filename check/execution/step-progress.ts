import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { busyTime } from "./busy-time.ts";
import type { ExpectedDurations } from "./expected-durations.ts";
import type { LiveLine } from "./live-line.ts";

/** Formats milliseconds for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function isRunning({ StepStatus: status }: PipelineExecutionStep): boolean {
  return status === "Executing" || status === "Starting";
}

function outcome(step: PipelineExecutionStep, expected: ExpectedDurations): string {
  const { StepStatus: status, StartTime: start, EndTime: end, Metadata: metadata } = step;
  if (isRunning(step)) {
    const about = expected.get(step.StepName ?? "");
    return about === undefined ? "running" : `running, about ${duration(about)}`;
  }
  if (step.CacheHitResult !== undefined) return "taken from the cache";
  if (step.SelectiveExecutionResult !== undefined) return "taken from an earlier execution";
  const took = start === undefined || end === undefined ? "" : ` in ${duration(end.getTime() - start.getTime())}`;
  if (metadata?.Condition?.Outcome !== undefined) return `the condition is ${metadata.Condition.Outcome.toLowerCase()}`;
  const reason = step.FailureReason === undefined ? "" : `: ${step.FailureReason.split("\n")[0]}`;
  return `${(status ?? "unknown").toLowerCase()}${took}${reason}`;
}

/** Returns a step's elapsed and usual time, such as `TrainModel 34 s of about 1 min 20 s`. */
function elapsed(step: PipelineExecutionStep, expected: ExpectedDurations, now: number): string {
  const about = expected.get(step.StepName ?? "");
  const soFar = duration(Math.max(now - (step.StartTime?.getTime() ?? now), 0));
  return `${step.StepName} ${soFar}${about === undefined ? "" : ` of about ${duration(about)}`}`;
}

/**
 * Returns the running steps in one line: `TrainAbaloneModel 34 s of about 1 min 20 s; 1 min 2 s in all, about 3 min 5 s left`.
 * The time left is the sum of the usual durations of the steps that have not ended, so it is too long if some run in parallel.
 * It is omitted if no usual durations are known.
 *
 * @param now milliseconds since the epoch
 */
export function liveText(steps: readonly PipelineExecutionStep[], expected: ExpectedDurations, now: number): string {
  const running = steps.filter(isRunning).map((step) => elapsed(step, expected, now));
  // A gap before the next step counts as busy time.
  const moment = { StartTime: new Date(now), EndTime: new Date(now) };
  const seen = new Map(steps.map((step) => [step.StepName, step]));
  let left = 0;
  for (const [name, about] of expected) {
    const step = seen.get(name);
    if (step === undefined) left += about;
    else if (isRunning(step)) left += Math.max(about - (now - (step.StartTime?.getTime() ?? now)), 0);
  }
  const rest = left === 0 ? "" : `, about ${duration(left)} left`;
  return `  ${running.length === 0 ? "waiting for the next step" : running.join(", ")}; ${duration(busyTime([...steps, moment], now))} in all${rest}`;
}

export interface ProgressOptions {
  readonly print: (line: string) => void;
  /** Returns the usual durations, which may become known only while the execution is running. */
  readonly expected: () => ExpectedDurations;
  /** The live line, if the output is a terminal. */
  readonly live?: LiveLine | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface StepProgress {
  /** Prints a line for each step that has changed. */
  look(steps: readonly PipelineExecutionStep[]): void;
  /** Prints any other line above the live line. */
  print(line: string): void;
  /** Clears the live line. */
  end(): void;
}

/** Prints a line whenever a step changes, and updates a live line each second. */
export function stepProgress(options: ProgressOptions): StepProgress {
  const { print, expected, live, now = Date.now } = options;
  const said = new Map<string, string>();
  let last: readonly PipelineExecutionStep[] = [];
  const draw = () => live?.show(liveText(last, expected(), now()));
  const timer = live === undefined ? undefined : setInterval(draw, 1000).unref();
  return {
    look(steps) {
      last = steps;
      live?.clear();
      for (const step of steps) {
        const name = step.StepName ?? "";
        const line = outcome(step, expected());
        if (said.get(name) === line) continue;
        said.set(name, line);
        print(`  ${name.padEnd(28)} ${line}`);
      }
      draw();
    },
    print(line) {
      live?.clear();
      print(line);
    },
    end() {
      clearInterval(timer);
      live?.clear();
    },
  };
}
