import { createReadStream } from "node:fs";
import { Parser, type ReadEntry } from "tar";

/** The most that an archive may contain. */
export interface ArchiveLimits {
  /** The size of all files together, unpacked. */
  readonly bytes: number;
  readonly entries: number;
}

/** The default limits. They are far above the size of usual models and source directories. */
const defaultLimits: ArchiveLimits = { bytes: 20 * 1024 ** 3, entries: 200_000 };

const unpackable = new Set<string>(["File", "OldFile", "ContiguousFile", "Directory", "Link", "SymbolicLink"]);

/**
 * Reads a .tar.gz without unpacking it, and rejects an unsafe one. An archive is unsafe if an entry or a link leaves the
 * folder, if an entry would be written through a link, if it contains a device or a pipe, or if it exceeds the limits. The
 * check stops at the first problem, so that it never reads all of an archive bomb.
 *
 * @param name the archive's name in errors
 * @throws Error that names the problem
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
  // Two blocks of zeros are an empty archive, such as the model of a script that saves no files. The parser reports an error
  // at its end, which is ignored.
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
  if (problem !== undefined) throw new Error(`ClientError: ${name} is rejected: ${problem}`);
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
    // The target of a symbolic link is relative to the link's folder, that of a hard link to the archive's root.
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
