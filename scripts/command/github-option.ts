import { ExitError, exitCode } from "../../exit-code.ts";

/** Reads an option that takes a full commit hash. @throws ExitError (2) for anything else */
export function commitOption(name: string, value: string | undefined): string {
  if (value !== undefined && /^[0-9a-f]{40}$/.test(value)) return value;
  throw new ExitError(
    exitCode.usage,
    `--${name} takes a full commit hash of 40 hexadecimal digits, not "${value ?? ""}".`,
  );
}

/** Reads a number that counts from 1. @param name the option or the variable @throws ExitError (2) for anything else */
export function wholeNumber(name: string, value: string | undefined): number {
  if (value !== undefined && /^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new ExitError(exitCode.usage, `${name} takes a whole number from 1, not "${value ?? ""}".`);
}

/** Reads the repository from GITHUB_REPOSITORY. @throws ExitError (2) unless it is OWNER/NAME */
export function repositoryOfEnvironment({ GITHUB_REPOSITORY: name = "" }: NodeJS.ProcessEnv = process.env): string {
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return name;
  throw new ExitError(
    exitCode.usage,
    `GITHUB_REPOSITORY takes OWNER/NAME, not "${name}"; export GITHUB_REPOSITORY=OWNER/NAME.`,
  );
}
