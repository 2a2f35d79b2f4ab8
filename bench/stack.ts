import { repository } from "../scripts/local-stack/folders.ts";
import { type Measurement, measurement, time } from "./measurement.ts";

const request = { stack: "dev", account: "111122223333", configuration: { "aws:region": "eu-central-1" } };

/** Measures the stack's program from its start to its last resource under Pulumi's mocks, which a preview waits for. */
export function measureStack(): readonly Measurement[] {
  const program = (...args: readonly string[]) => time(7, repository, process.execPath, "--import", "tsx", ...args);
  const empty = program("bench/empty-stack.ts");
  const whole = program("tests/infra/recorded/record-stack.ts", JSON.stringify(request));
  return [measurement("index.ts under mocks, cold start", whole, "a Pulumi program without resources", empty)];
}
