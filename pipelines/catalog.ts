import { existsSync, readdirSync } from "node:fs";
import type { GetPipeline } from "./training-pipeline.ts";

const here = new URL("./", import.meta.url);

function pipelineFile(name: string): URL {
  return new URL(`${name}/pipeline.ts`, here);
}

/** The names of all pipelines: every folder here that has a `pipeline.ts`, in alphabetical order. */
export function pipelineNames(): readonly string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(pipelineFile(entry.name)))
    .map(({ name }) => name)
    .sort();
}

/**
 * The `getPipeline` of the pipeline folder `name`.
 *
 * @throws Error if there is no such pipeline, or its `pipeline.ts` exports no `getPipeline`
 */
export async function loadPipeline(name: string): Promise<GetPipeline> {
  const names = pipelineNames();
  if (!names.includes(name)) throw new Error(`there is no pipeline ${name}; there are: ${names.join(", ")}`);
  const module = (await import(pipelineFile(name).href)) as { getPipeline?: GetPipeline };
  if (module.getPipeline === undefined)
    throw new Error(`pipelines/${name}/pipeline.ts exports no getPipeline; export function getPipeline(context)`);
  const { getPipeline } = module;
  return (context) => {
    try {
      return getPipeline(context);
    } catch (error) {
      throw located(error);
    }
  };
}

/** An error with the line of the pipeline's own file in its message, if it came from there. */
function located(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [, place] = /(pipelines\/(?!sagemaker\/)[^\s():]+\.ts:\d+):\d+\)?$/m.exec(error.stack ?? "") ?? [];
  if (place !== undefined) error.message += ` (${place})`;
  return error;
}
