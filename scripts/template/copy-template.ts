import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../local-stack/folders.ts";
import type { DescribedData, Kind } from "./described-data.ts";

/** The user's data, which replaces the sample data of a template. */
export interface OwnData {
  readonly content: Uint8Array;
  readonly described: DescribedData;
}

/** Returns JSON as `npm run format` would write it. */
function formatted(described: DescribedData): string {
  const biome = join(repository, "node_modules/.bin/biome");
  return execFileSync(biome, ["format", "--stdin-file-path=data.json"], {
    cwd: repository,
    input: JSON.stringify(described, null, 2),
    encoding: "utf8",
  });
}

/**
 * Copies the template of a kind to `pipelines/<name>` and its tests to `tests/pipelines/<name>`. The files stay unchanged, except
 * that own data replaces the sample data. If something fails, neither folder is left behind.
 */
export function copyTemplate(kind: Kind, name: string, own: OwnData | undefined): void {
  const pipeline = join(repository, "pipelines", name);
  const tests = join(repository, "tests", "pipelines", name);
  const data = own && { description: formatted(own.described), content: own.content };
  try {
    mkdirSync(join(repository, "tests", "pipelines"), { recursive: true });
    cpSync(join(repository, "templates", kind), pipeline, { recursive: true });
    cpSync(join(repository, "tests", "templates", kind), tests, { recursive: true });
    if (data !== undefined) {
      writeFileSync(join(pipeline, "data.json"), data.description);
      writeFileSync(join(pipeline, "sample.csv"), data.content);
    }
  } catch (error) {
    for (const folder of [pipeline, tests]) if (existsSync(folder)) rmSync(folder, { recursive: true });
    throw error;
  }
}
