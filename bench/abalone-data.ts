import { loadSampleData } from "../pipelines/catalog.ts";
import { localFolders } from "../scripts/local-stack/folders.ts";
import { sampleFile } from "../scripts/local-stack/sample-file.ts";

/** Returns the path of abalone's sample data. */
export async function abaloneData(): Promise<string> {
  const data = await loadSampleData("abalone");
  if (data === undefined) throw new Error("pipelines/abalone has no sample data");
  return sampleFile(data, { folder: localFolders.data, pythonFolder: localFolders.python });
}
