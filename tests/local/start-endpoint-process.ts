import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("./endpoint-process.ts", import.meta.url));

/** Starts an endpoint in its own process, so that a test can kill it. */
export async function startEndpointProcess(
  state: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, ["--no-warnings", "--import", "tsx", script, state], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const url of createInterface({ input: child.stdout })) return { url, child };
  throw new Error("the endpoint did not start");
}
