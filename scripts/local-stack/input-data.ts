import type { Pipeline } from "#language";
import { ExitError, exitCode } from "../../exit-code.ts";
import { loadPipeline, loadSampleData } from "../../pipelines/catalog.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { dataFile } from "../data/data-file.ts";
import { localFolders } from "./folders.ts";
import { sampleFile } from "./sample-file.ts";
import type { TreePipeline } from "./working-tree.ts";

/** The pipeline parameter for the S3 URI of the data. */
const dataParameter = "InputDataUrl";

/** The error of a pipeline that needs data and has none. */
export class MissingData extends ExitError {
  constructor(folder: string) {
    super(
      exitCode.usage,
      `The pipeline ${folder} has no data: give --pipeline ${folder} --file DATA.csv, or export sampleData in pipelines/${folder}/pipeline.ts.`,
    );
  }
}

/** The data that the user gives. */
export interface GivenData {
  readonly file?: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The functions that load the pipeline folders of a source tree. */
export type Catalog = Pick<typeof import("../../pipelines/catalog.ts"), "loadPipeline" | "loadSampleData">;

export interface DownloadOptions {
  /** The catalog of another source tree than this one. */
  readonly catalog?: Catalog | undefined;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Returns the parameter for the data, if the pipeline has one. */
function parameterOf({ parameters }: Pipeline) {
  return parameters.find(({ name }) => name === dataParameter);
}

/**
 * Checks the data that the user gives for a pipeline.
 *
 * @throws ExitError (2) if the pipeline takes no data, the data is given twice, or the file is empty or unreadable
 */
export async function requireSuitableData(
  { folder, pipeline }: TreePipeline,
  { file, parameters }: GivenData,
): Promise<void> {
  if (file === undefined) return;
  const usage = (message: string) => new ExitError(exitCode.usage, message);
  if (parameters[dataParameter] !== undefined)
    throw usage(`--file and --parameter ${dataParameter} both give the data; give one of them.`);
  if (pipeline !== undefined && parameterOf(pipeline) === undefined)
    throw usage(`--file: the pipeline ${folder} has no parameter ${dataParameter} for data; leave it out.`);
  await dataFile(file);
}

/**
 * Chooses the data of a deployed pipeline: what the user gives, the URI in the stack's configuration, the folder's sample data,
 * or the parameter's default value, in this order. Downloads the sample data if it is in a package.
 *
 * @returns the path of the file to upload, or undefined if the pipeline has its data or takes none
 * @throws MissingData if the pipeline needs data and has none, ExitError (2) if its `pipeline.ts` has a mistake; as {@link sampleFile}
 */
export async function inputData(
  folder: string,
  { context }: PipelineOutputs,
  given: GivenData,
  { catalog = { loadPipeline, loadSampleData }, log, signal }: DownloadOptions,
): Promise<string | undefined> {
  if (given.file !== undefined) return given.file;
  const own = (context ?? {}) as unknown as PipelineContext;
  const load = () => Promise.all([catalog.loadPipeline(folder), catalog.loadSampleData(folder)]);
  const [getPipeline, sample] = await load().catch((error: Error) => {
    throw new ExitError(exitCode.usage, error.message, { cause: error });
  });
  const parameter = parameterOf(getPipeline(own).pipeline);
  const hasValue = given.parameters[dataParameter] !== undefined || own.inputDataUrl !== undefined;
  if (parameter === undefined || hasValue) return undefined;
  if (sample !== undefined) {
    const folders = { folder: localFolders.data, pythonFolder: localFolders.python };
    return sampleFile(sample, { ...folders, log, signal });
  }
  if (parameter.defaultValue === undefined) throw new MissingData(folder);
  return undefined;
}
