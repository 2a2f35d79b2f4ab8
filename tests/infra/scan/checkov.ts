import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pythonEnvironment } from "../../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../../scripts/local-stack/folders.ts";
import { refusingProxy } from "./refusing-proxy.ts";

const requirements = fileURLToPath(new URL("checkov.txt", import.meta.url));

/** A failed check of a resource, with the resource's address in the plan: `aws_s3_bucket.artifacts`. */
export interface Finding {
  readonly check: string;
  readonly what: string;
  readonly resource: string;
}

/** The failed and passed checks of a plan. */
export interface Scan {
  readonly failed: readonly Finding[];
  readonly passed: readonly Finding[];
}

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

interface Report {
  readonly results: { readonly failed_checks: readonly Check[]; readonly passed_checks: readonly Check[] };
  readonly summary: { readonly parsing_errors: number };
}

const options = ["--framework", "terraform_plan", "--output", "json", "--compact", "--soft-fail", "--skip-download"];

/** Checkov's options. Without an API key it uploads nothing. Without these, it asks the package index for a newer version. */
const quiet = { LOG_LEVEL: "ERROR", CKV_SKIP_PACKAGE_UPDATE_CHECK: "true" };

/**
 * Scans all plans in one process, because checkov takes seconds to start.
 *
 * @param plans Terraform plans by name
 * @returns the findings by the same names
 * @throws Error if checkov cannot read a plan, or makes a network request
 */
export async function scan(plans: Readonly<Record<string, object>>): Promise<Readonly<Record<string, Scan>>> {
  const { folder: installed } = await pythonEnvironment("checkov", { folder: localFolders.python, requirements });
  const folder = mkdtempSync(join(tmpdir(), "scan-"));
  const proxy = await refusingProxy();
  try {
    const plansFolder = join(folder, "plans");
    mkdirSync(plansFolder);
    for (const [name, plan] of Object.entries(plans))
      writeFileSync(join(plansFolder, `${name}.json`), JSON.stringify(plan));
    const { PATH = "" } = process.env;
    const { stdout } = await promisify(execFile)(
      join(installed, "bin", "python"),
      [join(installed, "bin", "checkov"), "--directory", plansFolder, ...options],
      {
        // Hides the caller's configuration and keys from checkov.
        cwd: folder,
        env: { PATH, HOME: folder, ...quiet, HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url },
        maxBuffer: 1 << 28,
      },
    );
    if (proxy.asked.length > 0) throw new Error(`checkov asked ${proxy.asked.join(", ")}: a scan needs no network`);
    return findings(JSON.parse(stdout) as Report, Object.keys(plans));
  } finally {
    proxy.close();
    rmSync(folder, { recursive: true });
  }
}

function findings({ results, summary }: Report, names: readonly string[]): Readonly<Record<string, Scan>> {
  if (summary.parsing_errors > 0) throw new Error(`checkov cannot read ${summary.parsing_errors} of the plans`);
  const of = (checks: readonly Check[], name: string): readonly Finding[] =>
    checks
      .filter(({ file_path }) => file_path === `/${name}.json`)
      .map(({ check_id, check_name, resource }) => ({ check: check_id, what: check_name, resource }));
  return Object.fromEntries(
    names.map((name) => [name, { failed: of(results.failed_checks, name), passed: of(results.passed_checks, name) }]),
  );
}
