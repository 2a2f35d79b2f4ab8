import { once } from "node:events";
import { resolve } from "node:path";
import { startEndpoint } from "../local/endpoint.ts";
import { ExitError, exitCode } from "./command/exit-code.ts";
import { local } from "./command/local-error.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { localFolders } from "./local-stack/folders.ts";
import { preparePythons } from "./local-stack/prepare.ts";

const help = `
The local AWS endpoint, in the foreground: SageMaker pipelines that really run. Use it with any AWS client:

  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1

  --port N      the port (default 4566; 0 takes a free one)
  --state DIR   where its state is kept (default .local/state, that of npm start)
  --images FILE which Python runs which image, as JSON (local/README.md); DIR/images.json is read too
  --reset       forget the state first
  --authorize   check what pipelines and jobs do against their roles' policies, which have to be in the endpoint's IAM

Ends on SIGTERM or SIGINT with its state on disk.
`;

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ExitError(exitCode.usage, `--port takes a number from 0 to 65535, not "${text}".`);
}

await runCommand(async (signal) => {
  const options = parseOptions(help, {
    port: { type: "string", default: "4566" },
    state: { type: "string", default: localFolders.state },
    images: { type: "string" },
    reset: { type: "boolean", default: false },
    authorize: { type: "boolean", default: false },
  });
  const port = portNumber(options.port);
  const state = resolve(options.state);
  return local(async () => {
    const log = (line: string) => console.error(line);
    const pythons = await preparePythons(signal, log);
    const endpoint = await startEndpoint({
      port,
      state,
      pythons,
      images: options.images,
      reset: options.reset,
      authorize: options.authorize,
      log,
    });
    console.log(`listening on ${endpoint.url}`);
    if (!signal.aborted) await once(signal, "abort");
    await endpoint.close();
    return exitCode.pass;
  });
});
