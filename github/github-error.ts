import { ExitError, exitCode } from "../exit-code.ts";

interface Refusal {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** What GitHub says. */
  readonly message: string;
  /** The seconds to wait, if it is a rate limit. */
  readonly seconds: number | undefined;
}

const fixes: Readonly<Record<number, string>> = {
  401: "give a valid token in GH_TOKEN",
  403: "give the token the permission for this (in a workflow: `permissions` of the job; a fork's token can only read)",
  404: "check the name, and that the token may see it",
  410: "enable issues in the repository's settings",
  422: "correct the value",
};

function line({ method, path, status, message, seconds }: Refusal): string {
  const said = message.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
  const fix =
    seconds === undefined
      ? (fixes[status] ?? "try again later")
      : `GitHub's rate limit ends in ${seconds} s; try again then`;
  return `GitHub refuses ${method} ${path} (${status}: ${said}); ${fix}.`;
}

/** Waits for an answer; undefined if GitHub does not know what was asked for. @throws GitHubError for another refusal */
export async function ifFound<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}

/** A request that GitHub refuses. Its message has one line for the user. */
export class GitHubError extends ExitError {
  readonly status: number;

  constructor(refusal: Refusal) {
    super(refusal.status === 422 ? exitCode.usage : exitCode.aws, line(refusal));
    this.status = refusal.status;
  }
}
