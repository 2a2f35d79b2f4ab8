import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findPython } from "../../../../local/jobs/python/find-python.ts";
import { pythonEnvironment } from "../../../../local/jobs/python/python-environment.ts";
import { LocalError } from "../../../../local/wire/local-error.ts";
import { sampleFile } from "../../../../scripts/local-stack/sample-file.ts";
import { packagedFile } from "../../../pipelines-under-test/packaged-file.ts";

/** The result of a preparation: the returned value, or the code and message of its error. */
export type Prepared = { readonly result: unknown } | { readonly code: string; readonly message: string };

/** The things to prepare: a Python, environments (all at the same time), or the data. */
export type Preparation =
  | { readonly kind: "python" }
  | { readonly kind: "environments"; readonly names: readonly string[]; readonly folder: string }
  | { readonly kind: "data"; readonly folder: string; readonly pythonFolder: string };

const file = fileURLToPath(import.meta.url);

/** Prepares in a new process, because a process remembers the Python that it has found. Its only environment is `env`. */
export function startPreparing(preparation: Preparation, env: NodeJS.ProcessEnv, wrapper: readonly string[] = []) {
  const [command = "", ...args] = [...wrapper, process.execPath, "--import", "tsx", file, JSON.stringify(preparation)];
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const prepared = new Promise<Prepared>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      try {
        resolve(JSON.parse(stdout) as Prepared);
      } catch {
        reject(new Error(`it ended without a result: ${stdout}${stderr}`));
      }
    });
  });
  // A process that the test kills has no result.
  prepared.catch(() => {});
  return { child, prepared };
}

function prepare(preparation: Preparation): Promise<unknown> {
  switch (preparation.kind) {
    case "python":
      return findPython();
    case "environments":
      return Promise.all(preparation.names.map((name) => pythonEnvironment(name, preparation)));
    case "data":
      return sampleFile(packagedFile, preparation);
  }
}

if (process.argv[1] === file) {
  const prepared: Prepared = await prepare(JSON.parse(process.argv[2] ?? "")).then(
    (result) => ({ result }),
    (error) => ({ code: error instanceof LocalError ? error.code : "defect", message: error.message }),
  );
  console.log(JSON.stringify(prepared));
}
