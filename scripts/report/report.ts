import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PackageAction } from "../gate/model-package.ts";
import type { Thresholds } from "../gate/thresholds.ts";
import type { VerdictName } from "../gate/verdict.ts";

/** Everything that a check found; each form of the report is made of it. */
export interface Report {
  readonly version: 1;
  /** `error`: there was nothing to judge; `exitCode` and `reasons` say why. */
  readonly verdict: VerdictName | "error";
  readonly exitCode: number;
  readonly reasons: readonly string[];
  readonly pipeline?: string;
  readonly metric?: string;
  readonly ceiling?: number;
  readonly candidate?: { readonly value: number; readonly modelPackageArn?: string; readonly action?: PackageAction };
  readonly thresholds?: Thresholds;
  readonly baseline?: { readonly value: number; readonly modelPackageArn: string };
  readonly comparison?: {
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
    readonly margin: number;
  };
  /** The best model that ever was approved, where that is another than the baseline, and the comparison with it. */
  readonly best?: Report["baseline"];
  readonly bestComparison?: Report["comparison"];
  readonly test?: { readonly rows: number; readonly sha256: string; readonly splitRule: string };
  readonly evaluation?: string;
  readonly execution?: {
    readonly arn: string;
    readonly status?: string;
    readonly steps?: readonly { readonly name: string; readonly status: string; readonly cached: boolean }[];
  };
}

/** Writes `report.json` into a folder, whole or not at all. */
export async function writeReport(folder: string, report: Report): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "report.json");
  await writeFile(`${path}.unfinished`, `${JSON.stringify(report, null, 2)}\n`);
  await rename(`${path}.unfinished`, path);
  return path;
}
