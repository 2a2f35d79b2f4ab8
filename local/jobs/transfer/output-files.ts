import { isUtf8 } from "node:buffer";
import { lstat, readdir, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

export interface OutputFile {
  /** Its path below the folder, with slashes. */
  readonly name: string;
  /** Where its content is on this machine. */
  readonly path: string;
}

/** Linux's own limit of links on the way to a file. */
const mostLinks = 40;

/**
 * The files of a job's output folder as they go to S3, sorted. S3 has no links: one that stays in the folder is followed, and one
 * that does not is an error, so that nothing of an output is missing unnoticed. AWS's documentation says nothing of links.
 *
 * @param optMl what the job sees as /opt/ml
 * @throws Error `ClientError: Artifact upload failed: ...` for a folder that is gone, a link that leads out of it, to nothing
 *   or in a circle, and a name that is no UTF-8
 */
export async function outputFiles(folder: string, optMl: string): Promise<OutputFile[]> {
  const shown = (path: string) => join("/opt/ml", relative(optMl, path));
  const root = await realpath(folder).catch(() =>
    fail(`the output folder ${shown(folder)} is gone: leave it in its place`),
  );
  const files: OutputFile[] = [];

  const enter = async (place: string, name: string, above: readonly string[]): Promise<void> => {
    for (const entry of await listed(place, shown(folder))) {
      const path = join(place, entry.name);
      const below = name === "" ? entry.name : `${name}/${entry.name}`;
      if (entry.isFile()) files.push({ name: below, path });
      else if (entry.isDirectory()) await enter(path, below, [...above, path]);
      else if (entry.isSymbolicLink()) await follow(path, below, above);
    }
  };
  const follow = async (link: string, name: string, above: readonly string[]): Promise<void> => {
    const told = join(shown(folder), name);
    const path = await target(link, optMl).catch(() => fail(`the link ${told} leads to nothing`));
    if (path !== root && !path.startsWith(`${root}${sep}`)) {
      fail(`the link ${told} leads out of ${shown(folder)}: put a copy in its place`);
    }
    const found = await lstat(path);
    if (found.isFile()) files.push({ name, path });
    if (!found.isDirectory()) return;
    if (above.includes(path)) fail(`the link ${told} leads in a circle`);
    await enter(path, name, [...above, path]);
  };
  await enter(root, "", [root]);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function listed(place: string, shown: string) {
  const entries = await readdir(place, { withFileTypes: true, encoding: "buffer" }).catch(() =>
    fail(`the output folder ${shown} cannot be read`),
  );
  return entries.map((entry) => {
    const bytes: unknown = entry.name;
    if (!Buffer.isBuffer(bytes)) throw new TypeError("a name is given as bytes");
    if (!isUtf8(bytes))
      fail(`the name '${escaped(bytes)}' in ${shown} is no UTF-8, as a key on S3 has to be: rename it`);
    return {
      name: bytes.toString(),
      isFile: () => entry.isFile(),
      isDirectory: () => entry.isDirectory(),
      isSymbolicLink: () => entry.isSymbolicLink(),
    };
  });
}

/** Where a link of the job leads to in the end. Absolute ones were made by a script that saw the folder as /opt/ml. */
async function target(link: string, optMl: string): Promise<string> {
  let path = link;
  for (let count = 0; count < mostLinks; count++) {
    if (!(await lstat(path)).isSymbolicLink()) return realpath(path);
    const to = await readlink(path);
    if (!isAbsolute(to)) path = join(dirname(path), to);
    else path = to === "/opt/ml" || to.startsWith("/opt/ml/") ? join(optMl, to.slice("/opt/ml".length)) : to;
  }
  throw new Error("too many links");
}

/** As a shell would write it. */
function escaped(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replaceAll(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function fail(what: string): never {
  throw new Error(`ClientError: Artifact upload failed: ${what}`);
}
