import { clearLine, cursorTo } from "node:readline";

/** The last line of a terminal, which each update overwrites. */
export interface LiveLine {
  /** Draws the text, cut to one line. */
  show(text: string): void;
  clear(): void;
}

type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

/** Creates a live line; undefined if the output is a file, a pipe, or a log according to the variable `CI`. */
export function liveLine(
  stream: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
): LiveLine | undefined {
  const { CI: ci = "", TERM: terminal } = environment;
  if (stream.isTTY !== true || (ci !== "" && ci !== "false") || terminal === "dumb") return undefined;
  const out = stream as NodeJS.WriteStream;
  let drawn = false;
  const clear = () => {
    if (!drawn) return;
    cursorTo(out, 0);
    clearLine(out, 0);
    drawn = false;
  };
  return {
    clear,
    show(text) {
      clear();
      // One column stays empty, because a full line would wrap. A terminal that does not know its width says 0.
      stream.write(text.slice(0, (stream.columns || 80) - 1));
      drawn = true;
    },
  };
}
