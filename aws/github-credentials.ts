import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";

type Environment = Readonly<Record<string, string | undefined>>;

/** The audience for which AWS's provider of GitHub's tokens is made. */
const audience = "sts.amazonaws.com";

/** The longest wait for GitHub's token, in milliseconds. */
const longestWait = 10_000;

/** An error that the SDK's callers know as one of credentials. */
function refused(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: "CredentialsProviderError" });
}

/**
 * Requests a token of this job from GitHub.
 * Source: https://docs.github.com/en/actions/reference/security/oidc
 */
async function requestToken(url: string, bearer: string): Promise<string> {
  const asked = new URL(url);
  asked.searchParams.set("audience", audience);
  const headers = { authorization: `Bearer ${bearer}`, accept: "application/json" };
  const answer = await fetch(asked, { headers, signal: AbortSignal.timeout(longestWait) });
  const { value } = answer.ok ? ((await answer.json()) as { readonly value?: unknown }) : {};
  if (typeof value !== "string") throw new Error(`GitHub answers with the status ${answer.status} and no token`);
  return value;
}

/**
 * Returns credentials of a role for a job on GitHub that may request tokens, or undefined elsewhere. The SDK calls the function
 * again before a session ends. So a session of one hour is enough for an execution of many hours.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 *
 * @param environment with GitHub's ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN, and with AWS_ROLE_ARN
 * @returns a function that throws a CredentialsProviderError if GitHub or AWS refuses
 */
export function githubCredentials(
  region: string,
  environment: Environment = process.env,
): (() => Promise<AwsCredentialIdentity>) | undefined {
  const url = environment["ACTIONS_ID_TOKEN_REQUEST_URL"];
  const bearer = environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
  const RoleArn = environment["AWS_ROLE_ARN"];
  if (url === undefined || bearer === undefined || RoleArn === undefined) return undefined;
  const RoleSessionName = `github-${environment["GITHUB_RUN_ID"] ?? "run"}`;
  return async () => {
    try {
      const WebIdentityToken = await requestToken(url, bearer);
      const sts = new STSClient({ region });
      const request = new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName, WebIdentityToken });
      const { Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = {} } = await sts.send(request);
      if (AccessKeyId === undefined || SecretAccessKey === undefined || Expiration === undefined)
        throw new Error("AWS answers without credentials");
      return {
        ...{ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, expiration: Expiration },
        ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
      };
    } catch (error) {
      throw refused(`the role ${RoleArn} cannot be assumed again: ${(error as Error).message}`, error);
    }
  };
}
