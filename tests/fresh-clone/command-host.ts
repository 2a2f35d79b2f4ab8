/** Runs `scripts/<name>.ts` for each request of the parent process, as `launch.mjs` does, and answers with its exit code. */
import type { CommandRequest, WarmResult } from "./warm-command.ts";

/** Ends a command when it calls `process.exit`, without ending this process. */
class Exited extends Error {}

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "uncaughtException", "unhandledRejection"];

/** Removes the listeners that a command added to the process, so that the next command starts with a clean state. */
function forget(): void {
  for (const name of signals) process.removeAllListeners(name);
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error");
}

let commands = 0;

function run({ name, args, environment, folder }: CommandRequest): Promise<WarmResult> {
  process.argv = [process.execPath, name, ...args];
  process.env = { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  process.chdir(folder);
  const printed = { stdout: "", stderr: "", output: "" };
  let hasExited = false;
  for (const stream of ["stdout", "stderr"] as const)
    process[stream].write = (chunk: string | Uint8Array) => {
      if (hasExited) return true;
      printed[stream] += chunk;
      printed.output += chunk;
      return true;
    };
  return new Promise((resolve) => {
    process.exit = (code) => {
      if (!hasExited) resolve({ code: Number(code ?? 0), ...printed });
      hasExited = true;
      throw new Exited();
    };
    commands += 1;
    import(`../../scripts/${name}.ts?command=${commands}`).catch((error) => {
      if (!(error instanceof Exited)) resolve({ code: 2, ...printed, stderr: String(error.stack) });
    });
  });
}

process.on("message", async (request: CommandRequest) => {
  const result = await run(request);
  forget();
  process.send?.(result);
});
