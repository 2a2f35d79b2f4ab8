import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WarmPythons } from "../../local/jobs/warm/warm-pythons.ts";
import { ProcessRegistry } from "../../local/state/process-registry.ts";
import { type PreparedPythons, preparePythons } from "../../scripts/local-stack/prepare.ts";

/** Returns the Python environments of `npm start`. Creates missing ones, which can take half a minute. */
export function pythons(): Promise<PreparedPythons> {
  return preparePythons(new AbortController().signal, () => {});
}

let warm: WarmPythons | undefined;

/** Returns the prepared Pythons that all endpoints of this process share. Preparing them takes seconds. */
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
