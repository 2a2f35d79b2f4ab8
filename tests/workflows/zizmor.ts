import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../scripts/local-stack/folders.ts";

const requirements = fileURLToPath(new URL("zizmor.txt", import.meta.url));

const options = [
  ...["--offline", "--no-config", "--no-progress", "--quiet", "--strict-collection"],
  // The strictest persona, which reports the most.
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

/** Runs zizmor offline on workflow files, and returns `<audit> in <file>` for each finding. */
export type Zizmor = (files: readonly string[], ...further: readonly string[]) => Promise<readonly string[]>;

/** Installs the pinned version of zizmor if it is missing, and returns a function that runs it. */
export async function installedZizmor(): Promise<Zizmor> {
  const { folder } = await pythonEnvironment("zizmor", { folder: localFolders.python, requirements });
  return async (files, ...further) => {
    const { stdout } = await promisify(execFile)(join(folder, "bin", "zizmor"), [...options, ...further, ...files]);
    return (JSON.parse(stdout) as readonly Finding[]).map(
      ({ ident, locations }) => `${ident} in ${basename(locations[0]?.symbolic.key.Local.verbatim_path ?? "")}`,
    );
  };
}
