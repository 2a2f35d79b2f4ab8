/** Deploys a program for each request of the parent process, one at a time, so that only the first one waits for Pulumi's modules. */
import { createRequire } from "node:module";
import { deployProgram, type ProgramRequest } from "../../../local/deploy/deploy-program.ts";

export interface HostedRequest extends ProgramRequest {
  readonly environment: NodeJS.ProcessEnv;
}

const require = createRequire(import.meta.url);

/** Calls a function with a separate state of Pulumi's runtime, as the automation API does. Pulumi's types omit this function. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  readonly withLocalStorage: <T>(callback: () => T) => T;
};

process.on("unhandledRejection", () => {});
process.on("message", async ({ environment, ...request }: HostedRequest) => {
  process.env = environment;
  process.send?.(await withLocalStorage(() => deployProgram(request)));
});
