import { repository } from "../scripts/local-stack/folders.ts";
import { type Figure, figure, time } from "./figure.ts";

const request = { stack: "dev", account: "111122223333", configuration: { "aws:region": "eu-central-1" } };

/** How long the program takes from nothing to its last resource, as a process under Pulumi's mocks: what a preview waits for. */
export function stack(): readonly Figure[] {
  const program = (...args: readonly string[]) => time(7, repository, process.execPath, "--import", "tsx", ...args);
  const empty = program("bench/empty-stack.ts");
  const whole = program("tests/infra/recorded/record-stack.ts", JSON.stringify(request));
  return [figure("index.ts under mocks, cold start", whole, "a Pulumi program without resources", empty)];
}
