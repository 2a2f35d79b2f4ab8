import { once } from "node:events";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ExitError, exitCode } from "../exit-code.ts";
import { startEndpoint } from "../local/endpoint.ts";
import { parseFaults } from "../local/faults/parse-faults.ts";
import { LocalError } from "../local/wire/local-error.ts";
import { local } from "./command/local-error.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { localFolders } from "./local-stack/folders.ts";
import { preparePythons } from "./local-stack/prepare.ts";

const help = `
The local AWS endpoint, in the foreground: SageMaker pipelines that really run. Use it with any AWS client:

  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

With the SageMaker Python SDK also (why: docs/local-endpoint.md)

  export SAGEMAKER_USER_CONFIG_OVERRIDE=$PWD/local/sagemaker-sdk.yaml SAGEMAKER_VALIDATE_ROLE=false

  --port N      the port (default 4566; 0 takes a free one)
  --host HOST   the address that listens (default 127.0.0.1; any other lets other machines run programs on this one)
  --state DIR   where its state is kept (default .local/state, that of npm start)
  --images FILE which Python runs which image, as JSON (docs/local-endpoint.md); DIR/images.json is read too
  --reset       forget the state first
  --faults FILE what goes wrong, as JSON, for tests of clients (see docs/faults.md)
  --authorize   check what pipelines and jobs do against their roles' policies, which have to be in the endpoint's IAM
  --cold        start every job's Python on its own, not from a prepared process

Ends on SIGTERM or SIGINT with its state on disk.
`;

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ExitError(exitCode.usage, `--port takes a number from 0 to 65535, not "${text}".`);
}

function readFaults(file: string) {
  try {
    return parseFaults(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof LocalError) throw error;
    throw new ExitError(exitCode.usage, `--faults ${file} cannot be read: ${(error as Error).message}`);
  }
}

await runCommand(async (signal) => {
  const options = parseOptions(help, {
    port: { type: "string", default: "4566" },
    host: { type: "string", default: "127.0.0.1" },
    state: { type: "string", default: localFolders.state },
    images: { type: "string" },
    reset: { type: "boolean", default: false },
    faults: { type: "string" },
    authorize: { type: "boolean", default: false },
    cold: { type: "boolean", default: false },
  });
  const port = portNumber(options.port);
  const state = resolve(options.state);
  return local(async () => {
    const faults = options.faults === undefined ? [] : readFaults(options.faults);
    const log = (line: string) => console.error(line);
    const pythons = await preparePythons(signal, log);
    const endpoint = await startEndpoint({
      port,
      host: options.host,
      state,
      pythons,
      images: options.images,
      reset: options.reset,
      faults,
      authorize: options.authorize,
      cold: options.cold,
      log,
    });
    console.log(`listening on ${endpoint.url}`);
    if (!signal.aborted) await once(signal, "abort");
    await endpoint.close();
    throw signal.reason;
  });
});
