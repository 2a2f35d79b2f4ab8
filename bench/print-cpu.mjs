/** Prints the CPU seconds of the process and its threads on standard error when it ends, as the last line. */
import { isMainThread } from "node:worker_threads";

if (isMainThread)
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write(`\n${(user + system) / 1e6}`);
  });
