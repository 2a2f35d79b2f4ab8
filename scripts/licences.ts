import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { unacceptedLicences } from "./licences/unaccepted-licences.ts";
import { repository } from "./local-stack/folders.ts";

const help = `
Says which packages of package-lock.json have a licence that nobody has accepted (scripts/licences/unaccepted-licences.ts).

  npm run -s licences

Exit code: 0 none, 2 at least one.
`;

await runCommand(async () => {
  parseOptions(help, {});
  const lock = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8"));
  const lines = unacceptedLicences(lock.packages);
  if (lines.length > 0)
    throw new ExitError(
      exitCode.usage,
      `${lines.join("\n")}\nUse another package, or accept the licence in scripts/licences/unaccepted-licences.ts.`,
    );
  console.log(`The licences of all ${Object.keys(lock.packages).length - 1} packages are accepted.`);
  return exitCode.pass;
});
