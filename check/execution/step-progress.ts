import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { busyTime } from "./busy-time.ts";
import type { ExpectedDurations } from "./expected-durations.ts";
import type { LiveLine } from "./live-line.ts";

/** Seconds as people write them: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
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

/** `34 s of about 1 min 20 s`. */
function elapsed(step: PipelineExecutionStep, expected: ExpectedDurations, now: number): string {
  const about = expected.get(step.StepName ?? "");
  const soFar = duration(Math.max(now - (step.StartTime?.getTime() ?? now), 0));
  return `${step.StepName} ${soFar}${about === undefined ? "" : ` of about ${duration(about)}`}`;
}

/**
 * What runs at a moment, in one line: `TrainAbaloneModel 34 s of about 1 min 20 s; 1 min 2 s in all, about 3 min 5 s left`.
 * What is left is the sum of what the steps that have not ended may take, so it is too much where some run side by side; where
 * nothing is known of the steps, it is not said.
 *
 * @param now milliseconds since the epoch
 */
export function liveText(steps: readonly PipelineExecutionStep[], expected: ExpectedDurations, now: number): string {
  const running = steps.filter(isRunning).map((step) => elapsed(step, expected, now));
  // The time until the next step begins is part of it.
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
  /** Asked at each look: it may become known while the execution runs. */
  readonly expected: () => ExpectedDurations;
  /** The terminal's last line, where somebody watches. */
  readonly live?: LiveLine | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface StepProgress {
  /** Takes a look at the steps: a line for each that has something new to say. */
  look(steps: readonly PipelineExecutionStep[]): void;
  /** Prints a line of somebody else, above the one that is drawn over. */
  print(line: string): void;
  /** Takes the live line away. */
  end(): void;
}

/** Turns looks at the steps into lines, one whenever a step has something new to say, and into a live line that moves each second. */
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
