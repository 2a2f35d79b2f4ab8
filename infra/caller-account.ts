import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import { errorLine } from "./error-line.ts";

/** The account of the credentials, or a line that says why it is unknown. */
export interface CallerAccount {
  readonly account: string | undefined;
  readonly problems: readonly string[];
}

/** Asks AWS for the account that the credentials belong to. */
export async function callerAccount(): Promise<CallerAccount> {
  try {
    const { accountId } = await getCallerIdentity();
    return { account: accountId, problems: [] };
  } catch (error) {
    return {
      account: undefined,
      problems: [
        `account: AWS did not say which account the credentials belong to (${errorLine(error)}); sign in, or give other credentials with aws:profile, AWS_PROFILE or keys in the environment`,
      ],
    };
  }
}
