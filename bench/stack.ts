import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../scripts/local-stack/folders.ts";
import { cpu, type Measurement, measurement, outputOf } from "./measurement.ts";

const request = { stack: "dev", account: "111122223333", configuration: { "aws:region": "eu-central-1" } };

/** Measures the CPU time of the stack's program under Pulumi's mocks, without that of a program that declares nothing. */
export function measureStack(): readonly Measurement[] {
  const empty = cpu(5, repository, "bench/empty-stack.ts");
  const own = (runs: number, folder: string) =>
    cpu(runs, folder, "tests/infra/recorded/record-stack.ts", JSON.stringify(request)) - empty;
  const one = own(5, repository);
  const against = "a Pulumi program without resources";
  return [
    { ...measurement("index.ts under mocks, its own CPU", one, against, empty), heldTo: "at most 1.0 s" },
    ...[10, 100].map((count) =>
      withPipelines(count, (folder) => measurement(`with ${count} pipelines`, own(3, folder), "with one", one)),
    ),
  ];
}

/** Measures in a copy of the repository with this many copies of the abalone pipeline instead of its own pipelines. */
function withPipelines(count: number, measure: (folder: string) => Measurement): Measurement {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  try {
    for (const file of outputOf(repository, "git", "ls-files").trim().split("\n"))
      cpSync(join(repository, file), join(folder, file));
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    const { pipelines, own } = { pipelines: join(folder, "pipelines"), own: join(folder, "abalone") };
    cpSync(join(pipelines, "abalone"), own, { recursive: true });
    rmSync(join(pipelines, "abalone"), { recursive: true });
    for (let index = 0; index < count; index += 1)
      cpSync(own, join(pipelines, `copy-${String(index).padStart(3, "0")}`), { recursive: true });
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
