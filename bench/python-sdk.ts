import { spawnSync } from "node:child_process";

/**
 * Returns a Python with the SageMaker Python SDK 2, the version that most teams' pipelines use: the one that
 * `SAGEMAKER_SDK_PYTHON` names, or else `python3`. Returns undefined if it does not have the SDK.
 */
export function pythonWithSdk(): { readonly python: string; readonly version: string } | undefined {
  const python = process.env["SAGEMAKER_SDK_PYTHON"] || "python3";
  const ask = "from importlib.metadata import version; print(version('sagemaker'))";
  const { status, stdout } = spawnSync(python, ["-c", ask], { encoding: "utf8" });
  const version = stdout?.trim() ?? "";
  return status === 0 && version.startsWith("2.") ? { python, version } : undefined;
}
