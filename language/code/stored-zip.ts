import { crc32 } from "node:zlib";

/** A file of a zip archive. The path has `/` between its parts. */
export interface ZipFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The version of the format, the flag for names in UTF-8, no compression, no time, and the earliest date (1980-01-01). */
const settings = [20, 0x800, 0, 0, 0x21];

/** Returns numbers as little-endian integers of some bytes each. */
function integers(bytes: 2 | 4, ...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(bytes * values.length);
  for (const [index, value] of values.entries()) buffer.writeUIntLE(value, bytes * index, bytes);
  return buffer;
}

/**
 * Returns a zip archive of the files without compression and times, so that the same files give the same bytes with every
 * version of zlib.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3)
 */
export function storedZip(files: readonly ZipFile[]): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let length = 0;
  for (const { path, content } of files) {
    const name = Buffer.from(path);
    const description = Buffer.concat([
      integers(2, ...settings),
      integers(4, crc32(content), content.length, content.length),
      integers(2, name.length, 0),
    ]);
    const entry = Buffer.concat([integers(4, 0x04034b50), description, name, content]);
    // The version that made it, and behind the description: comment, disk, attributes and the place of the entry.
    directory.push(integers(4, 0x02014b50), integers(2, 20), description, integers(2, 0, 0, 0), integers(4, 0, length));
    directory.push(name);
    entries.push(entry);
    length += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = [
    integers(4, 0x06054b50),
    integers(2, 0, 0, files.length, files.length),
    integers(4, listed.length, length),
  ];
  return Buffer.concat([...entries, listed, ...end, integers(2, 0)]);
}
