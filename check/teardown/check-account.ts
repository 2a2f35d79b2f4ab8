import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { StackOutputs } from "../../stack-outputs.ts";

/**
 * Checks that the credentials belong to the stack's account. Pulumi treats a resource that it cannot see as deleted, so with
 * the credentials of another account it would drop the stack's resources from its state.
 *
 * @throws ExitError (2) for another account, (6) if an AWS call fails
 */
export async function checkAccount(
  stack: string,
  { account, region }: Pick<StackOutputs, "account" | "region">,
): Promise<void> {
  const { Account: own } = await aws("Reading the account of the credentials", () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand()),
  );
  if (own !== account)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} is in account ${account}, but the credentials belong to ${own}: use the stack's profile.`,
    );
}
