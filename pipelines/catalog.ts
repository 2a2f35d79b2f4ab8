import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type SampleData, sampleDataProblem } from "./sample-data.ts";
import { thrownError } from "./thrown-error.ts";
import type { GetPipeline } from "./training-pipeline.ts";
import { trainingPipelineProblem } from "./training-pipeline-problem.ts";

const here = fileURLToPath(new URL("./", import.meta.url));

/** Returns the path of a `pipeline.ts`. A URL would not do, because a folder's name may contain `#`, `?` or `%`. */
function pipelineFile(name: string): string {
  return join(here, name, "pipeline.ts");
}

/** Returns the names of all pipelines, which are the folders with a `pipeline.ts`, in alphabetical order. */
export function pipelineNames(): readonly string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(pipelineFile(entry.name)))
    .map(({ name }) => name)
    .sort();
}

let version = 0;

/** Makes the next load of a pipeline read its `pipeline.ts` again, for a command that waits for changes. */
export function reloadPipelines(): void {
  version += 1;
}

interface PipelineModule {
  readonly getPipeline?: unknown;
  readonly sampleData?: unknown;
}

/** Loads the module of a pipeline folder, which runs its top-level code. @throws Error if there is none, or it fails */
async function loadModule(name: string): Promise<PipelineModule> {
  const names = pipelineNames();
  if (!names.includes(name)) throw new Error(`pipeline ${name} does not exist; use one of: ${names.join(", ")}`);
  try {
    const { href } = pathToFileURL(pipelineFile(name));
    return await import(version === 0 ? href : `${href}?version=${version}`);
  } catch (error) {
    throw located(error);
  }
}

/**
 * Returns the `getPipeline` of the pipeline folder `name`. It is wrapped, so that it returns a valid pipeline or
 * throws an Error.
 *
 * @throws Error if the pipeline does not exist, or its `pipeline.ts` cannot be loaded or does not export `getPipeline`
 */
export async function loadPipeline(name: string): Promise<GetPipeline> {
  const { getPipeline } = await loadModule(name);
  if (typeof getPipeline !== "function")
    throw new Error(
      `pipelines/${name}/pipeline.ts does not export a function getPipeline; add export function getPipeline(context)`,
    );
  return (context) => {
    const made = attempt(() => (getPipeline as GetPipeline)(context));
    const problem = trainingPipelineProblem(made);
    if (problem !== undefined) throw new Error(`${problem} (pipelines/${name}/pipeline.ts)`);
    return made;
  };
}

/**
 * Returns the sample data of the pipeline folder `name`, or undefined if its `pipeline.ts` exports none.
 *
 * @throws Error as {@link loadPipeline}, or if `sampleData` is not valid
 */
export async function loadSampleData(name: string): Promise<SampleData | undefined> {
  const { sampleData } = await loadModule(name);
  const problem = sampleDataProblem(sampleData);
  if (problem !== undefined) throw new Error(`${problem} (pipelines/${name}/pipeline.ts)`);
  return sampleData as SampleData | undefined;
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw located(error);
  }
}

/** Returns an Error for a thrown value. If its stack contains a pipeline's file, the message names the line. */
function located(thrown: unknown): Error {
  const error = thrownError(thrown);
  const [, place] = /(pipelines\/[^\s():]+\.ts:\d+):\d+\)?$/m.exec(String(error.stack)) ?? [];
  // The thrown error itself is not changed, because it may be frozen or thrown again.
  return place === undefined ? error : new Error(`${error.message} (${place})`, { cause: error });
}
