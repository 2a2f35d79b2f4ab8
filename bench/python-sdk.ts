import { spawnSync } from "node:child_process";

/**
 * A Python with the SageMaker Python SDK 2, the version that most teams' pipelines are written with: that of
 * SAGEMAKER_SDK_PYTHON, else `python3`. Undefined where there is none.
 */
export function pythonWithSdk(): { readonly python: string; readonly version: string } | undefined {
  const python = process.env["SAGEMAKER_SDK_PYTHON"] || "python3";
  const ask = "from importlib.metadata import version; print(version('sagemaker'))";
  const { status, stdout } = spawnSync(python, ["-c", ask], { encoding: "utf8" });
  const version = stdout?.trim() ?? "";
  return status === 0 && version.startsWith("2.") ? { python, version } : undefined;
}
