import { isUtf8 } from "node:buffer";
import { lstat, readdir, readlink, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/** A file that a job uploads. */
export interface OutputFile {
  /** The path below the output folder, with slashes. */
  readonly name: string;
  /** The path on this machine. */
  readonly path: string;
}

/** The most links on the way to a file, as on Linux. */
const mostLinks = 40;

/**
 * Lists the files of a job's output folder that are uploaded, sorted. Because S3 has no links, links within the folder are
 * followed, and links out of the folder are an error, so that no part of an output is silently left out. AWS does not document
 * how SageMaker treats links.
 *
 * @param optMl the folder that the job sees as /opt/ml
 * @throws Error `ClientError: Artifact upload failed: ...` if the folder no longer exists, if a link leads out of it, to a
 *   missing file or in a circle, and if a name is not UTF-8
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
    const path = await target(link, optMl).catch(() => fail(`the link ${told} leads to a file that does not exist`));
    if (path !== root && !path.startsWith(`${root}${sep}`)) {
      fail(`the link ${told} leads out of ${shown(folder)}: put a copy in its place`);
    }
    const status = await lstat(path);
    if (status.isFile()) files.push({ name, path });
    if (!status.isDirectory()) return;
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
      fail(`the name '${escaped(bytes)}' in ${shown} is not UTF-8, which a key on S3 has to be: rename it`);
    return {
      name: bytes.toString(),
      isFile: () => entry.isFile(),
      isDirectory: () => entry.isDirectory(),
      isSymbolicLink: () => entry.isSymbolicLink(),
    };
  });
}

/** Returns the final target of a link. The targets of absolute links are translated, because the script sees its folder as /opt/ml. */
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

/** Writes bytes as text, with `\x..` for bytes that are not printable ASCII. */
function escaped(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replaceAll(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function fail(what: string): never {
  throw new Error(`ClientError: Artifact upload failed: ${what}`);
}
