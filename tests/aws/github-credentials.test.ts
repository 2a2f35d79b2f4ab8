import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { awsExitError, isOfCredentials } from "../../aws/error.ts";
import { githubCredentials } from "../../aws/github-credentials.ts";
import { ExitError } from "../../exit-code.ts";

const role = "arn:aws:iam::123456789012:role/deploy";

/** Plays GitHub's token service and AWS's STS on one address. */
describe("the credentials of a job on GitHub", () => {
  let server: Server;
  let url: string;
  /** The tokens of GitHub that STS saw, and the access keys of signed calls. */
  let seen: string[];
  let tokens: number;
  let sessionSeconds: number;
  let refuses: "github" | "aws" | undefined;
  let earlier: string | undefined;

  beforeEach(async () => {
    [seen, tokens, sessionSeconds, refuses] = [[], 0, 3600, undefined];
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const address = new URL(request.url ?? "", url);
      if (request.method === "GET") {
        assert.equal(request.headers.authorization, "Bearer runner-token");
        assert.equal(address.searchParams.get("audience"), "sts.amazonaws.com");
        if (refuses === "github") return void response.writeHead(403).end();
        return void response.end(JSON.stringify({ value: `token-${++tokens}` }));
      }
      const form = new URLSearchParams(body);
      if (form.get("Action") === "AssumeRoleWithWebIdentity") {
        seen.push(`${form.get("RoleArn")} ${form.get("WebIdentityToken")}`);
        if (refuses === "aws") {
          const error =
            "<Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message>";
          return void response.writeHead(403).end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
        }
        const expiration = new Date(Date.now() + sessionSeconds * 1000).toISOString();
        const keys = `<AccessKeyId>KEY${seen.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>`;
        const result = `<Credentials>${keys}<Expiration>${expiration}</Expiration></Credentials>`;
        const name = "AssumeRoleWithWebIdentity";
        return void response.end(`<${name}Response><${name}Result>${result}</${name}Result></${name}Response>`);
      }
      seen.push(/Credential=(\w+)/.exec(request.headers.authorization ?? "")?.[1] ?? "unsigned");
      response.end("<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    earlier = process.env["AWS_ENDPOINT_URL"];
    process.env["AWS_ENDPOINT_URL"] = url;
  });
  afterEach(() => {
    if (earlier === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = earlier;
    server.closeAllConnections();
    server.close();
  });

  const github = () => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner-token",
    AWS_ROLE_ARN: role,
  });
  function client(): STSClient {
    const credentials = githubCredentials("us-east-1", github());
    assert.ok(credentials);
    return new STSClient({ region: "us-east-1", credentials, maxAttempts: 1 });
  }
  const call = (sts: STSClient) => sts.send(new GetCallerIdentityCommand({}));

  it("are those of the role, once for many calls", async () => {
    const sts = client();
    for (let count = 0; count < 3; count++) await call(sts);
    assert.deepEqual(seen, [`${role} token-1`, "KEY1", "KEY1", "KEY1"]);
  });

  it("are replaced, with a new token of GitHub, before they end", async () => {
    // The SDK renews credentials that end within five minutes.
    sessionSeconds = 240;
    const sts = client();
    await call(sts);
    const first = seen.at(-1);
    sessionSeconds = 3600;
    await call(sts);
    const second = seen.at(-1);
    await call(sts);
    assert.notEqual(second, first);
    assert.deepEqual(seen.slice(-3), [`${role} token-${tokens}`, second, second]);
  });

  for (const who of ["github", "aws"] as const)
    it(`are missing if ${who === "aws" ? "AWS" : "GitHub"} refuses, and a check knows that another job can go on`, async () => {
      refuses = who;
      const error = await call(client()).then(
        () => assert.fail("the call succeeded"),
        (reason) => awsExitError("Following it", reason),
      );
      assert.ok(error instanceof ExitError && isOfCredentials(error));
      assert.equal(error.code, 6);
      assert.match(error.message, /^Following it: no usable credentials \(the role \S+ cannot be assumed again: /);
    });

  it("are left to the AWS SDK outside of such a job, or without a role", () => {
    for (const name of Object.keys(github()))
      assert.equal(githubCredentials("us-east-1", { ...github(), [name]: undefined }), undefined);
  });
});
