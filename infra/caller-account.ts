import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import { errorLine } from "./error-line.ts";

/** An account, or a line that says why nobody knows it. */
export interface CallerAccount {
  readonly account: string | undefined;
  readonly problems: readonly string[];
}

/** The account that the credentials belong to. */
export async function callerAccount(): Promise<CallerAccount> {
  try {
    const { accountId } = await getCallerIdentity();
    return { account: accountId, problems: [] };
  } catch (error) {
    return {
      account: undefined,
      problems: [
        `account: AWS does not say whose the credentials are (${errorLine(error)}); sign in, or give others: aws:profile, AWS_PROFILE, or keys in the environment`,
      ],
    };
  }
}
