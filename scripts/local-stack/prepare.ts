import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { localFolders } from "./folders.ts";

export interface PreparedPythons {
  readonly moto: string;
  readonly xgboost: string;
}

type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Runs all works at the same time. When one fails, ends the others and then throws its error. */
async function together<const Works extends readonly Work<unknown>[]>(
  signal: AbortSignal,
  works: Works,
): Promise<{ -readonly [Index in keyof Works]: Awaited<ReturnType<Works[Index]>> }> {
  const failed = new AbortController();
  const running = works.map((work) => work(AbortSignal.any([signal, failed.signal])));
  try {
    return (await Promise.all(running)) as { -readonly [Index in keyof Works]: Awaited<ReturnType<Works[Index]>> };
  } catch (error) {
    failed.abort();
    await Promise.allSettled(running);
    throw error;
  }
}

function environmentWork(name: "moto" | "xgboost", log: (line: string) => void): Work<string> {
  return async (signal) => (await pythonEnvironment(name, { folder: localFolders.python, log, signal })).python;
}

/** Creates the Python environments of the endpoint, unless they exist. */
export async function preparePythons(signal: AbortSignal, log: (line: string) => void): Promise<PreparedPythons> {
  const [moto, xgboost] = await together(signal, [environmentWork("moto", log), environmentWork("xgboost", log)]);
  return { moto, xgboost };
}
