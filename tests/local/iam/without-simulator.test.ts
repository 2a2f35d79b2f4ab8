import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { definition, scriptStep } from "../definitions.ts";
import { clients, createPipeline, makeBucket, put, run } from "../local-aws.ts";
import { pythons } from "../pythons.ts";

/** Returns a module that makes Node behave as if a package were not installed. */
const without = (name: string) => {
  const hook = `export const resolve = (name, context, next) => { if (name.startsWith("${name}")) throw Object.assign(new Error("Cannot find package '${name}'"), { code: "ERR_MODULE_NOT_FOUND" }); return next(name, context); };`;
  const register = `import { register } from "node:module"; register("data:text/javascript,${encodeURIComponent(hook)}");`;
  return `data:text/javascript,${encodeURIComponent(register)}`;
};

describe("an endpoint with --authorize but without the simulator", function () {
  this.timeout(60_000);

  it("logs it in one line, and runs a pipeline whose role does not exist", async () => {
    await pythons();
    const state = mkdtempSync(join(tmpdir(), "state-"));
    const script = fileURLToPath(new URL("../../../scripts/endpoint.ts", import.meta.url));
    const imports = ["--import", "tsx", "--import", without("@cloud-copilot/iam-simulate")];
    const endpoint = spawn(process.execPath, [...imports, script, "--authorize", "--port", "0", "--state", state]);
    const ended = new Promise((resolve) => endpoint.once("exit", resolve));
    let errors = "";
    endpoint.stderr.on("data", (chunk) => (errors += chunk));
    try {
      let url = "";
      for await (const line of createInterface({ input: endpoint.stdout })) {
        url = /^listening on (\S+)/.exec(line)?.[1] ?? "";
        if (url !== "") break;
      }
      const aws = { ...clients(url), url, state, close: async () => {} };
      await makeBucket(aws);
      const code = await put(aws, "code/none.py", "pass");
      await createPipeline(aws, "open", definition([scriptStep({ name: "Open", code })]));
      const { status, steps } = await run(aws, "open");
      assert.equal(status, "Succeeded", `${JSON.stringify(steps)} ${errors}`);
      const lines = errors.split("\n").filter((line) => line.includes("iam-simulate"));
      assert.deepEqual(lines, [
        "The calls of roles are not checked, because @cloud-copilot/iam-simulate is missing (Cannot find package '@cloud-copilot/iam-simulate'): run npm ci",
      ]);
    } finally {
      endpoint.kill("SIGTERM");
      await ended;
      rmSync(state, { recursive: true, force: true });
    }
  });
});
