import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startEndpoint } from "../../local/endpoint.ts";
import { clientEnvironment } from "../../local/state/process-environment.ts";
import { localFolder, localFolders } from "../local-stack/folders.ts";
import { preparePythons } from "../local-stack/prepare.ts";
import { treePipelines } from "../local-stack/working-tree.ts";
import type { TreeTarget } from "./deployed-tree.ts";

/** The state of the endpoint. It is not that of `npm start`, whose approved models have nothing to do with the base. */
const state = join(localFolder, "change", "state");

/**
 * Starts an endpoint with an empty state, passes it to `work`, and removes its state. From then on this process sends every AWS
 * call to the endpoint.
 */
export async function withEndpoint<T>(
  { signal, print }: Pick<TreeTarget, "signal" | "print">,
  work: (target: TreeTarget) => Promise<T>,
): Promise<T> {
  const pythons = await preparePythons(signal, print);
  const images = join(localFolders.state, "images.json");
  const endpoint = await startEndpoint({
    ...{ port: 0, state, pythons, reset: true, authorize: true },
    ...(existsSync(images) ? { images } : {}),
    allow: (await treePipelines()).flatMap(({ pipeline }) => pipeline?.allow ?? []),
    log: (line) => console.error(line),
  });
  try {
    signal.throwIfAborted();
    process.env = clientEnvironment(endpoint.url, "us-east-1", process.env);
    return await work({ url: endpoint.url, stateFile: join(state, "deploy.json"), signal, print });
  } finally {
    await endpoint.close();
    await rm(state, { recursive: true, force: true });
  }
}
