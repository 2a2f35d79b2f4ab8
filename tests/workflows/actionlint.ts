import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../../scripts/local-stack/folders.ts";

const version = "v1.7.12";

/**
 * Installs actionlint if it is missing, and returns its path; undefined without Go. Go verifies the module by its public
 * checksum database. The packages of npm and PyPI are older, or download a program when they run.
 */
export async function installedActionlint(): Promise<string | undefined> {
  const folder = join(repository, ".local", `actionlint-${version}`);
  const program = join(folder, "actionlint");
  if (existsSync(program)) return program;
  try {
    const env = { ...process.env, GOBIN: folder };
    await promisify(execFile)("go", ["install", `github.com/rhysd/actionlint/cmd/actionlint@${version}`], { env });
    return program;
  } catch {
    return undefined;
  }
}
