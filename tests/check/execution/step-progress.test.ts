import assert from "node:assert/strict";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { middleDurations } from "../../../check/execution/expected-durations.ts";
import { type LiveLine, liveLine } from "../../../check/execution/live-line.ts";
import { duration, liveText, stepProgress } from "../../../check/execution/step-progress.ts";

const second = 1000;
const at = (seconds: number) => new Date(seconds * second);

function step(StepName: string, start: number, end?: number): PipelineExecutionStep {
  const ended =
    end === undefined ? { StepStatus: "Executing" as const } : { StepStatus: "Succeeded" as const, EndTime: at(end) };
  return { StepName, StartTime: at(start), ...ended };
}

describe("duration", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0.0 s"],
    [0.44, "0.4 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.6, "1 min 0 s"],
    [200, "3 min 20 s"],
    [3599.7, "1 h 0 min"],
    [7500, "2 h 5 min"],
  ];
  for (const [seconds, text] of cases)
    it(`formats ${seconds} seconds as ${text}`, () => {
      assert.equal(duration(seconds * second), text);
    });
});

describe("middleDurations", () => {
  it("takes the median, without reused, failed and very short steps", () => {
    const cached = { ...step("Train", 0, 1), CacheHitResult: { SourcePipelineExecutionArn: "arn" } };
    const reused = { ...step("Train", 0, 900), SelectiveExecutionResult: { SourcePipelineExecutionArn: "arn" } };
    const failed = { ...step("Train", 0, 2), StepStatus: "Failed" as const };
    const expected = middleDurations([
      [step("Train", 0, 60), step("Check", 60, 60.2)],
      [step("Train", 0, 90), cached],
      [step("Train", 0, 70), reused, failed],
    ]);
    assert.deepEqual([...expected], [["Train", 70 * second]]);
  });
});

describe("the progress of an execution", () => {
  const expected = new Map([
    ["Train", 80 * second],
    ["Evaluate", 30 * second],
  ]);

  it("shows the running steps, their elapsed time and the time left in one line", () => {
    const steps = [step("Preprocess", 0, 20), step("Train", 28)];
    assert.equal(
      liveText(steps, expected, 62 * second),
      "  Train 34 s of about 1 min 20 s; 1 min 2 s in all, about 1 min 16 s left",
    );
    assert.equal(
      liveText([step("Preprocess", 0, 20)], new Map(), 21 * second),
      "  waiting for the next step; 21 s in all",
    );
  });

  it("counts the time from the retry, without reused steps", () => {
    const earlier = { ...step("Preprocess", 0, 20), SelectiveExecutionResult: {} };
    assert.match(liveText([earlier, step("Train", 5000)], new Map(), 5010 * second), /; 10 s in all$/);
  });

  it("never shows a negative time left", () => {
    assert.match(liveText([step("Train", 0)], expected, 500 * second), /8 min 20 s in all, about 30 s left$/);
  });

  it("prints each change of a step once, and nothing else if the output is not a terminal", () => {
    const lines: string[] = [];
    const progress = stepProgress({ print: (line) => lines.push(line), expected: () => expected });
    progress.look([step("Train", 0)]);
    progress.look([step("Train", 0)]);
    progress.look([step("Train", 0, 75), step("Evaluate", 75)]);
    progress.end();
    assert.deepEqual(lines, [
      "  Train                        running, about 1 min 20 s",
      "  Train                        succeeded in 1 min 15 s",
      "  Evaluate                     running, about 30 s",
    ]);
  });

  it("clears the live line before each printed line and at the end", () => {
    const said: string[] = [];
    const live: LiveLine = { show: () => said.push("show"), clear: () => said.push("clear") };
    const progress = stepProgress({ print: () => said.push("line"), expected: () => expected, live, now: () => 0 });
    progress.look([step("Train", 0)]);
    progress.print("a warning");
    progress.end();
    assert.deepEqual(said, ["clear", "line", "show", "clear", "line", "clear"]);
  });
});

describe("the live line", () => {
  function terminal(isTTY: boolean, columns = 20) {
    const written: string[] = [];
    const stream = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
    return { written, stream: stream as unknown as NodeJS.WriteStream };
  }

  it("fits on one line of the terminal and is overwritten", () => {
    const { stream, written } = terminal(true);
    const live = liveLine(stream, {});
    live?.show("a".repeat(50));
    live?.clear();
    live?.clear();
    assert.equal(written[0], "a".repeat(19));
    assert.match(written.slice(1).join(""), /2K/);
    assert.equal(written.filter((text) => text.includes("2K")).length, 1);
  });

  it("has 79 characters in a terminal that does not know its width", () => {
    const { stream, written } = terminal(true, 0);
    liveLine(stream, {})?.show("a".repeat(200));
    assert.equal(written.at(-1)?.length, 79);
  });

  const calm: readonly (readonly [string, boolean, Readonly<Record<string, string>>])[] = [
    ["in a pipe or a file", false, {}],
    ["in continuous integration", true, { CI: "true" }],
    ["in a dumb terminal", true, { TERM: "dumb" }],
  ];
  for (const [what, isTTY, environment] of calm)
    it(`is absent ${what}`, () => {
      assert.equal(liveLine(terminal(isTTY).stream, environment), undefined);
    });

  it("is drawn if the variable CI is false", () => {
    assert.notEqual(liveLine(terminal(true).stream, { CI: "false" }), undefined);
  });
});
