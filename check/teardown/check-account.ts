import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { StackOutputs } from "../../stack-outputs.ts";

/**
 * Makes sure that the credentials are of the stack's account. Pulumi takes a resource that it does not see for deleted, so with
 * other credentials it would forget the stack.
 *
 * @throws ExitError (2) for another account, (6) if AWS cannot be asked
 */
export async function checkAccount(stack: string, { account, region }: StackOutputs): Promise<void> {
  const { Account: own } = await aws("Finding out whose the credentials are", () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand()),
  );
  if (own !== account)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} is in account ${account}, the credentials are of ${own}; use the right profile.`,
    );
}
