import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { thrownError } from "./thrown.ts";
import type { GetPipeline } from "./training-pipeline.ts";
import { trainingPipelineProblem } from "./training-pipeline-shape.ts";

const here = fileURLToPath(new URL("./", import.meta.url));

/** A path, not a relative URL: a folder's name may have signs that mean something in one. */
function pipelineFile(name: string): string {
  return join(here, name, "pipeline.ts");
}

/** The names of all pipelines: every folder here that has a `pipeline.ts`, in alphabetical order. */
export function pipelineNames(): readonly string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(pipelineFile(entry.name)))
    .map(({ name }) => name)
    .sort();
}

/** The module of a pipeline folder, whose own code runs while it is loaded. */
async function loadModule(name: string): Promise<{ readonly getPipeline?: unknown }> {
  try {
    return await import(pathToFileURL(pipelineFile(name)).href);
  } catch (error) {
    throw located(error);
  }
}

/**
 * The `getPipeline` of the pipeline folder `name`. What it throws is an Error, and what it returns has the shape of a
 * training pipeline.
 *
 * @throws Error if there is no such pipeline, its `pipeline.ts` cannot be loaded or exports no `getPipeline`
 */
export async function loadPipeline(name: string): Promise<GetPipeline> {
  const names = pipelineNames();
  if (!names.includes(name)) throw new Error(`there is no pipeline ${name}; there are: ${names.join(", ")}`);
  const { getPipeline } = await loadModule(name);
  if (typeof getPipeline !== "function")
    throw new Error(
      `pipelines/${name}/pipeline.ts exports no function getPipeline; export function getPipeline(context)`,
    );
  return (context) => {
    const made = attempt(() => (getPipeline as GetPipeline)(context));
    const problem = trainingPipelineProblem(made);
    if (problem !== undefined) throw new Error(`${problem} (pipelines/${name}/pipeline.ts)`);
    return made;
  };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw located(error);
  }
}

/** What was thrown as an error with the line of the pipeline's own file in its message, if it came from there. */
function located(thrown: unknown): Error {
  const error = thrownError(thrown);
  const [, place] = /(pipelines\/[^\s():]+\.ts:\d+):\d+\)?$/m.exec(String(error.stack)) ?? [];
  // Not changed in place: an error may be frozen, or thrown a second time.
  return place === undefined ? error : new Error(`${error.message} (${place})`, { cause: error });
}
