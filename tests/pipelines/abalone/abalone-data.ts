import { sampleData } from "../../../pipelines/abalone/pipeline.ts";
import { localFolders } from "../../../scripts/local-stack/folders.ts";
import { sampleFile } from "../../../scripts/local-stack/sample-file.ts";

/** Returns the path of the UCI data, which is downloaded once. */
export function abaloneData(): Promise<string> {
  return sampleFile(sampleData, { folder: localFolders.data, pythonFolder: localFolders.python });
}
