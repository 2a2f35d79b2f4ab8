import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hasModels } from "../../infra/has-models.ts";

/** SageMaker's answers by the name of the group. */
const answers: Readonly<Record<string, readonly [number, object]>> = {
  full: [
    200,
    { ModelPackageSummaryList: [{ ModelPackageArn: "arn:x", CreationTime: 1, ModelPackageStatus: "Completed" }] },
  ],
  empty: [200, { ModelPackageSummaryList: [] }],
  gone: [400, { __type: "ValidationException", message: "ModelPackageGroup gone does not exist." }],
  denied: [400, { __type: "AccessDeniedException", message: "not authorized to perform: sagemaker:ListModelPackages" }],
};

describe("hasModels", function () {
  this.timeout(10_000);
  let server: Server;
  const environment = { ...process.env };

  before(async () => {
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const [status, answer] = answers[JSON.parse(body).ModelPackageGroupName] ?? [500, {}];
      response.writeHead(status, { "Content-Type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env["AWS_ACCESS_KEY_ID"] = "key";
    process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
  });
  after(() => {
    process.env = environment;
    server.closeAllConnections();
    server.close();
  });

  for (const [group, expected] of [
    ["full", true],
    ["empty", false],
    ["gone", false],
  ] as const)
    it(`returns ${expected} when the group is ${group}`, async () => {
      assert.equal(await hasModels("eu-central-1", group), expected);
    });

  it("rejects the removal when AWS denies the list of models", async () => {
    await assert.rejects(hasModels("eu-central-1", "denied"), {
      message:
        "stack configuration, retiredPipelines: AWS did not say whether the removed group denied has models (not authorized to perform: sagemaker:ListModelPackages); allow sagemaker:ListModelPackages, and try again",
    });
  });
});
