import { repository } from "../scripts/local-stack/folders.ts";
import { cpu, type Measurement, measurement } from "./measurement.ts";

const request = { stack: "dev", account: "111122223333", configuration: { "aws:region": "eu-central-1" } };

/** Measures the CPU time of the stack's program under Pulumi's mocks, without that of a program that declares nothing. */
export function measureStack(): readonly Measurement[] {
  const program = (...args: readonly [string, ...string[]]) => cpu(5, repository, ...args);
  const empty = program("bench/empty-stack.ts");
  const own = program("tests/infra/recorded/record-stack.ts", JSON.stringify(request)) - empty;
  const against = "a Pulumi program without resources";
  return [{ ...measurement("index.ts under mocks, its own CPU", own, against, empty), heldTo: "at most 1.0 s" }];
}
