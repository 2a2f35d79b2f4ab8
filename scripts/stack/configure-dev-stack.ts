import { ExitError, exitCode } from "../../exit-code.ts";
import { pulumiOutput } from "./pulumi-cli.ts";

/** The variables of the environment from which a dev stack gets its configuration. */
const variables = ["AWS_REGION", "AWS_DEV_ACCOUNT_NUMBER", "AWS_PERMISSIONS_BOUNDARY_ARN"] as const;

/**
 * Selects a dev stack, creates it if it is new, and configures it. The configuration is in no file of the repository, so each
 * command sets it again. A stack may be destroyed with its models from its first deploy on.
 * Source: https://www.pulumi.com/docs/iac/cli/commands/pulumi_config_set-all/
 *
 * @throws ExitError (2) if a variable is missing, PulumiError
 */
export async function configureDevStack(
  stack: string,
  { create, env = process.env }: { readonly create: boolean; readonly env?: NodeJS.ProcessEnv },
): Promise<void> {
  const missing = variables.find((name) => !env[name]);
  if (missing !== undefined)
    throw new ExitError(
      exitCode.usage,
      `${missing} is not set; set it as npm run -s github-environment does for the environment of dev stacks.`,
    );
  const [region, account, boundary] = variables.map((name) => env[name]);
  const values = {
    ...{ "aws:region": region, account, permissionsBoundaryArn: boundary },
    ...{ forceDestroy: "true", notifyFailures: "false" },
  };
  await pulumiOutput(["stack", "select", stack, ...(create ? ["--create"] : [])]);
  const pairs = Object.entries(values).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumiOutput(["config", "set-all", "--stack", stack, ...pairs]);
}
