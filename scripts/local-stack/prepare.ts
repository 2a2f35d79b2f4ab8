import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { localFolders } from "./folders.ts";

export interface PreparedPythons {
  readonly moto: string;
  readonly xgboost: string;
  /** The folder of all environments. */
  readonly folder: string;
}

/** Creates the Python environments of the endpoint, unless they exist. When one fails, ends the other and throws its error. */
export async function preparePythons(signal: AbortSignal, log: (line: string) => void): Promise<PreparedPythons> {
  const failed = new AbortController();
  const options = { folder: localFolders.python, log, signal: AbortSignal.any([signal, failed.signal]) };
  const running = [pythonEnvironment("moto", options), pythonEnvironment("xgboost", options)] as const;
  try {
    const [moto, xgboost] = await Promise.all(running);
    return { moto: moto.python, xgboost: xgboost.python, folder: localFolders.python };
  } catch (error) {
    failed.abort();
    await Promise.allSettled(running);
    throw error;
  }
}
