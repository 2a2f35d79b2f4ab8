import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WarmPythons } from "../../local/jobs/warm/warm-pythons.ts";
import { ProcessRegistry } from "../../local/state/process-registry.ts";
import { type PreparedPythons, preparePythons } from "../../scripts/local-stack/prepare.ts";

/** Returns the Python environments that `npm start` uses too. Makes them when they are missing, which may take half a minute. */
export function pythons(): Promise<PreparedPythons> {
  return preparePythons(new AbortController().signal, () => {});
}

let warm: WarmPythons | undefined;

/** Returns the prepared Pythons of all endpoints of this process. To prepare them takes seconds; they end with the process. */
export function warmPythons(): WarmPythons | undefined {
  if (warm !== undefined) return warm;
  const folder = mkdtempSync(join(tmpdir(), "warm-pythons-"));
  warm = WarmPythons.where(new ProcessRegistry(folder));
  process.once("exit", () => {
    warm?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return warm;
}
