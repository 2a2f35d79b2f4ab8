import { reported } from "../check/report/reported.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptionsAndNames } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { checkDeployed } from "./local-stack/check-deployed.ts";
import { configureDevStack } from "./stack/configure-dev-stack.ts";
import { devStackName, devStackOptions } from "./stack/dev-stack-name.ts";
import { PulumiError, pulumiOutput, runPulumi } from "./stack/pulumi-cli.ts";
import { readOutputs } from "./stack/read-outputs.ts";
import { removeDevStack } from "./stack/remove-dev-stack.ts";

const help = `
Deploys, checks or destroys the dev stack of a person or of a pull request, which it creates and configures itself.

  npm run -s dev-stack -- up --pull-request 7
  npm run -s dev-stack -- check --name alice

  up                 runs pulumi up
  check              uploads each pipeline's sample data, and checks each pipeline that has a gate
  destroy            deletes the stack, its models and its bucket
  --pull-request N   the pull request's number: the stack is devstack-pr-N
  --name NAME        a person's name, of small letters and digits: the stack is devstack-NAME
  --keep             up: keeps the stack when it is old; otherwise dev-stacks --destroy deletes it then
  --report DIR       check: the folder for the report (default .local/report)

It reads AWS_REGION, AWS_DEV_ACCOUNT_NUMBER and AWS_PERMISSIONS_BOUNDARY_ARN. Exit code: 0 done, 2 usage or configuration, 6 AWS or
pulumi; check: as check-stack.
`;

interface Request {
  readonly stack: string;
  readonly keep: boolean;
  /** The folder for the check's report. */
  readonly report: string;
  readonly signal: AbortSignal;
}

const print = (line: string) => console.log(line);

/** The work of each action, which returns the exit code. */
const actions: Readonly<Record<string, (request: Request) => Promise<number>>> = {
  async up({ stack, keep, signal }) {
    await configureDevStack(stack, { create: true });
    // Before the deploy, so that a stack whose deploy fails is found, too.
    await pulumiOutput(["stack", "tag", "set", "expires", String(!keep), "--stack", stack]);
    const args = ["up", "--stack", stack, "--yes", "--policy-pack", "policy", "--non-interactive"];
    const code = await runPulumi(args, signal);
    if (code !== 0)
      throw new ExitError(
        exitCode.aws,
        `pulumi up exited with ${code}; its output is above. Run this again, or destroy it.`,
      );
    return exitCode.pass;
  },
  check({ stack, report, signal }) {
    const check = reported(report, async (_, pending) =>
      checkDeployed(await readOutputs({ stack }), { parameters: {}, signal, print }, pending),
    );
    return check(signal);
  },
  async destroy({ stack, signal }) {
    await removeDevStack({ stack, signal, print });
    return exitCode.pass;
  },
};

await runCommand(async (signal) => {
  const { options, names } = parseOptionsAndNames(help, {
    ...devStackOptions,
    keep: { type: "boolean", default: false },
    report: { type: "string", default: ".local/report" },
  });
  const [action = "", ...further] = names;
  const act = Object.hasOwn(actions, action) && further.length === 0 ? actions[action] : undefined;
  if (act === undefined)
    throw new ExitError(exitCode.usage, `Give one of up, check and destroy, not "${names.join(" ")}".`);
  const stack = devStackName(options["pull-request"], options.name);
  try {
    return await act({ ...options, stack, signal });
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    throw new ExitError(
      exitCode.aws,
      `The stack ${stack} cannot be read: ${error.message}. Install pulumi and log in.`,
    );
  }
});
