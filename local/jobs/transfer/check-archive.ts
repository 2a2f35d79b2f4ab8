import { createReadStream } from "node:fs";
import { Parser, type ReadEntry } from "tar";

export interface ArchiveLimits {
  /** Of all its files together, unpacked. */
  readonly bytes: number;
  readonly entries: number;
}

/** Far above what a model or a source directory has, and what a disk can be spared for one. */
const defaultLimits: ArchiveLimits = { bytes: 20 * 1024 ** 3, entries: 200_000 };

const unpackable = new Set<string>(["File", "OldFile", "ContiguousFile", "Directory", "Link", "SymbolicLink"]);

/**
 * Reads a .tar.gz through, without writing anything, and refuses one that should not be unpacked: an entry, or a link, that
 * leaves the folder, a link that another entry is written through, a device or a pipe, more than the limits. It stops at
 * the first of them: what a bomb would become is never read.
 *
 * @param name what the archive is called in an error
 * @throws Error that says what is wrong with it
 */
export async function checkArchive(file: string, name: string, limits = defaultLimits): Promise<void> {
  let problem: string | undefined;
  let unreadable: unknown;
  let [bytes, entries] = [0, 0];
  const links = new Set<string>();
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      bytes += entry.size;
      entries += 1;
      problem ??= entryProblem(entry, links) ?? limitProblem(bytes, entries, limits);
      entry.resume();
    },
  });
  // Two blocks of zeros are an archive of nothing, such as the model of a script that saves none; the parser takes it for
  // no archive at its end.
  let isEmpty = false;
  parser.on("eof", () => (isEmpty = entries === 0));
  parser.on("error", (error) => {
    if (!isEmpty) unreadable ??= error;
  });
  const ended = new Promise<void>((resolve) => parser.on("end", resolve).on("error", () => resolve()));
  for await (const chunk of createReadStream(file)) {
    parser.write(chunk);
    if (problem !== undefined || unreadable !== undefined) break;
  }
  if (problem === undefined && unreadable === undefined) {
    parser.end();
    await ended;
  }
  if (problem !== undefined) throw new Error(`ClientError: ${name} is refused: ${problem}`);
  if (unreadable !== undefined) {
    const why = unreadable instanceof Error ? unreadable.message : unreadable;
    throw new Error(`ClientError: ${name} is not a .tar.gz archive: ${why}`, { cause: unreadable });
  }
}

function entryProblem({ path, type, linkpath = "" }: ReadEntry, links: Set<string>): string | undefined {
  const entry = `its entry ${JSON.stringify(path.slice(0, 200))}`;
  if (!unpackable.has(type)) return `${entry} is a ${type}, not a file, a folder or a link`;
  if (path.startsWith("/") || path.split("/").includes("..") || path.includes("\0"))
    return `${entry} leaves its folder`;
  const names = normal(path);
  const through = names.map((_, index) => names.slice(0, index).join("/")).find((parent) => links.has(parent));
  if (through !== undefined) return `${entry} is written through the link ${through}`;
  if (type === "SymbolicLink" || type === "Link") {
    // A symbolic link is seen from its folder, a hard link from the archive's.
    const from = type === "SymbolicLink" ? names.slice(0, -1) : [];
    if (linkpath.startsWith("/") || climbs([...from, ...linkpath.split("/")]))
      return `${entry} is a link that leaves its folder, to ${JSON.stringify(linkpath.slice(0, 200))}`;
    links.add(names.join("/"));
  }
  return undefined;
}

function limitProblem(bytes: number, entries: number, limits: ArchiveLimits): string | undefined {
  if (bytes > limits.bytes) return `unpacked it has more than ${limits.bytes} bytes`;
  return entries > limits.entries ? `it has more than ${limits.entries} entries` : undefined;
}

function normal(path: string): readonly string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

function climbs(names: readonly string[]): boolean {
  let depth = 0;
  for (const name of normal(names.join("/"))) {
    depth += name === ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}
