import { createHash } from "node:crypto";

/** The run of the workflow that wrote a comment, and the commits that it compared. */
export interface CommentOrigin {
  /** The run's number and its attempt: a later run has a greater number. */
  readonly run: number;
  readonly attempt: number;
  readonly commit: string;
  /** The newest commit of the base branch when the run began. */
  readonly base: string;
}

/** The beginning of the first line of our comment. The workflow comment-fork.yml writes it, too. */
export const markerStart = "<!-- pull-request-comment ";

/** The line below the marker of a comment whose base has moved. */
const stale = /^> \[!NOTE\]\n> \*\*Stale\.\*\* .*\n\n/;

/** Hashes a text without what GitHub's editor changes: line ends, and spaces at both ends. */
function hashOf(text: string): string {
  const normal = text.replaceAll("\r\n", "\n").trim();
  return createHash("sha256").update(normal).digest("hex").slice(0, 16);
}

/** Puts the marker above a comment: an invisible line that names its origin, and the hash of the text below it. */
export function marked(text: string, { run, attempt, commit, base }: CommentOrigin): string {
  return `${markerStart}run=${run}.${attempt} commit=${commit} base=${base} text=${hashOf(text)} -->\n${text}`;
}

/** A comment that has our marker. */
export interface MarkedComment {
  readonly origin: CommentOrigin;
  readonly text: string;
  /** Whether somebody changed the text since the workflow wrote it; false if the marker has no hash. */
  readonly edited: boolean;
}

/** Reads a comment; returns undefined if it has no marker. */
export function readMarked(body: string): MarkedComment | undefined {
  const normal = body.replaceAll("\r\n", "\n");
  const match =
    /^<!-- pull-request-comment run=(\d+)\.(\d+) commit=([0-9a-f]*) base=([0-9a-f]*) text=([0-9a-f]*) -->\n/.exec(
      normal,
    );
  if (match === null) return undefined;
  const [line, run, attempt, commit = "", base = "", hash] = match;
  const text = normal.slice(line.length);
  return {
    origin: { run: Number(run), attempt: Number(attempt), commit, base },
    text,
    edited: hash !== "" && hashOf(text) !== hash,
  };
}

/** Tells whether a run began after another one. */
export function isNewer(one: CommentOrigin, other: CommentOrigin): boolean {
  return one.run === other.run ? one.attempt > other.attempt : one.run > other.run;
}

/** Returns a comment's text below the note that its base branch has moved to a commit. */
export function staleText(text: string, base: string, branch: string, moved: string): string {
  const [from, to] = [base, moved].map((commit) => `\`${commit.slice(0, 10)}\``);
  const note = `compared with ${from}, but \`${branch}\` has moved to ${to}; push or run the workflow again to compare with that.`;
  return `> [!NOTE]\n> **Stale.** This is ${note}\n\n${text.replace(stale, "")}`;
}
