import { clearLine, cursorTo } from "node:readline";

/** The last line of a terminal, which is drawn over again. */
export interface LiveLine {
  /** Draws the text, as much of it as fits on one line. */
  show(text: string): void;
  clear(): void;
}

type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;

/** A live line where somebody watches: none in a file, in a pipe, or where `CI` says that the output is a log. */
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
      // One column is left: a terminal that is full goes to the next line. One that does not know its width says 0.
      stream.write(text.slice(0, (stream.columns || 80) - 1));
      drawn = true;
    },
  };
}
