import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { deploy } from "../../local/deploy/deploy.ts";
import { startEndpoint } from "../../local/endpoint.ts";
import { uploadData } from "../../scripts/data/upload.ts";
import { parseOutputs, selectPipeline } from "../../scripts/stack/read-outputs.ts";
import type { StackOutputs } from "../../stack-outputs.ts";
import { pythons, warmPythons } from "../local/pythons.ts";
import { crickets, imagesOfCrickets } from "../pipelines-under-test/crickets.ts";
import { FreshClone, localCredentials } from "./fresh-clone.ts";

/** The stack of a clone, deployed to an endpoint that has ended. */
export interface DeployedState {
  /** The clone from which it was deployed. */
  readonly clone: FreshClone;
  readonly outputs: StackOutputs;
  /** The S3 URI of the uploaded data. */
  readonly data: string;
  /** Copies the files that `npm start` leaves in `.local`, without an execution: `state/` and `outputs.json`. */
  readonly copyTo: (folder: string) => void;
}

let deployed: Promise<DeployedState> | undefined;

/** Returns the deployed stack of all tests in this process, because a deploy takes seconds. */
export function deployedState(): Promise<DeployedState> {
  deployed ??= deployOnce();
  return deployed;
}

async function deployOnce(): Promise<DeployedState> {
  const clone = await FreshClone.shared();
  const folder = mkdtempSync(join(tmpdir(), "deployed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const state = join(folder, "state");
  const environments = await pythons();
  mkdirSync(state);
  writeFileSync(join(state, "images.json"), imagesOfCrickets(environments));
  const { url, close } = await startEndpoint({ port: 0, state, pythons: environments, warm: warmPythons() });
  try {
    const stateFile = join(state, "deploy.json");
    const text = JSON.stringify((await deploy({ folder: clone.folder, stack: "local", stateFile, url })).outputs);
    writeFileSync(join(folder, "outputs.json"), text);
    const outputs = parseOutputs(text);
    const { prefix } = selectPipeline(outputs, undefined);
    const s3 = new S3Client({
      endpoint: url,
      region: outputs.region,
      forcePathStyle: true,
      credentials: localCredentials,
    });
    const data = await uploadData(s3, crickets.data, { bucket: outputs.artifactBucket, prefix });
    return { clone, outputs, data, copyTo: (place) => cpSync(folder, place, { recursive: true }) };
  } finally {
    await close();
  }
}
