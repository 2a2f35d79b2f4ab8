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
Runs the local AWS endpoint in the foreground. It really executes SageMaker pipelines. Use it with any AWS client:

  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

The SageMaker Python SDK also needs (docs/local-endpoint.md says why)

  export SAGEMAKER_USER_CONFIG_OVERRIDE=$PWD/local/sagemaker-sdk.yaml SAGEMAKER_VALIDATE_ROLE=false

  --port N      the port (default 4566; 0 chooses a free one)
  --host HOST   the address to listen on (default 127.0.0.1; any other lets other machines run programs on this one)
  --state DIR   the folder for its state (default .local/state, which npm start also uses)
  --images FILE the Python for each image, as JSON (docs/local-endpoint.md); DIR/images.json is read too
  --unknown-images refuse
                makes a job fail whose image no table knows; without it, its Python script runs in the default environment
  --reset       deletes the state first
  --faults FILE the faults to inject, as JSON, for tests of clients (docs/faults.md)
  --authorize   checks the calls of pipelines and jobs against their roles' policies in the endpoint's IAM
  --allow NAME  accepts a member or value of definitions that AWS has and this repository's model of it lacks; repeatable
  --cold        starts a new Python for every job instead of using a prepared process

Stops on SIGTERM or SIGINT; its state stays on disk.
`;

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ExitError(exitCode.usage, `--port takes a number from 0 to 65535, not "${text}".`);
}

function unknownImages(text: string): "run" | "refuse" {
  if (text === "run" || text === "refuse") return text;
  throw new ExitError(exitCode.usage, `--unknown-images takes run or refuse, not "${text}".`);
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
    "unknown-images": { type: "string", default: "run" },
    reset: { type: "boolean", default: false },
    faults: { type: "string" },
    authorize: { type: "boolean", default: false },
    cold: { type: "boolean", default: false },
    allow: { type: "string", multiple: true, default: [] as string[] },
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
      unknownImages: unknownImages(options["unknown-images"]),
      reset: options.reset,
      faults,
      authorize: options.authorize,
      cold: options.cold,
      allow: options.allow,
      log,
      tell: log,
    });
    console.log(`listening on ${endpoint.url}`);
    if (!signal.aborted) await once(signal, "abort");
    await endpoint.close();
    throw signal.reason;
  });
});
