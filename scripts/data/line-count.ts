const newline = "\n".charCodeAt(0);

/** Counts the lines of a text in pieces. A newline at its end does not begin another line. */
export async function lineCount(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
  let [count, last] = [0, newline];
  for await (const piece of pieces) {
    for (const byte of piece) if (byte === newline) count += 1;
    last = piece.at(-1) ?? last;
  }
  return last === newline ? count : count + 1;
}
