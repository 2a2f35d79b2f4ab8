import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../scripts/local-stack/folders.ts";

const requirements = fileURLToPath(new URL("zizmor.txt", import.meta.url));

const options = [
  ...["--offline", "--no-config", "--no-progress", "--quiet", "--strict-collection"],
  // The strictest: it would rather report too much.
  "--persona=auditor",
  "--format=json-v1",
  "--no-exit-codes",
];

interface Finding {
  readonly ident: string;
  readonly locations: readonly {
    readonly symbolic: { readonly key: { readonly Local: { readonly verbatim_path: string } } };
  }[];
}

/** Answers what zizmor finds in workflow files, without asking GitHub: `<audit> in <file>` for each finding. */
export type Zizmor = (files: readonly string[], ...further: readonly string[]) => Promise<readonly string[]>;

/** zizmor of the pinned version, installed if it is not there. */
export async function installedZizmor(): Promise<Zizmor> {
  const { folder } = await pythonEnvironment("zizmor", { folder: localFolders.python, requirements });
  return async (files, ...further) => {
    const { stdout } = await promisify(execFile)(join(folder, "bin", "zizmor"), [...options, ...further, ...files]);
    return (JSON.parse(stdout) as readonly Finding[]).map(
      ({ ident, locations }) => `${ident} in ${basename(locations[0]?.symbolic.key.Local.verbatim_path ?? "")}`,
    );
  };
}
