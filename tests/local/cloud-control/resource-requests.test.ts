import assert from "node:assert/strict";
import { handlerErrorCode } from "../../../local/cloud-control/handler-error.ts";
import { type ChangeRequest, ResourceRequests } from "../../../local/cloud-control/resource-requests.ts";
import { AwsError, notFound, validationError } from "../../../local/wire/aws-error.ts";

const hour = 3600;
const update: ChangeRequest = { TypeName: "T", Operation: "UPDATE", Identifier: "i", ClientToken: "c", document: "[]" };

describe("ResourceRequests", () => {
  let requests: ResourceRequests;
  let done: number;
  beforeEach(() => {
    requests = new ResourceRequests();
    done = 0;
  });
  const work = async () => `made-${++done}`;

  it("answers a request with IN_PROGRESS and returns its result as the status", async () => {
    const begun = await requests.run({ TypeName: "T", Operation: "CREATE" }, 7, work);
    assert.equal(begun.OperationStatus, "IN_PROGRESS");
    assert.equal(begun.EventTime, 7);
    assert.deepEqual(requests.status(begun.RequestToken ?? ""), { ...begun, OperationStatus: "SUCCESS" });
  });

  it("does no work for a repeated token while the first request is in progress", async () => {
    let finish = () => {};
    const slow = new Promise<string>((resolve) => {
      finish = () => resolve("i");
    });
    const first = requests.run(update, 0, () => slow);
    const second = await requests.run(update, 0, work);
    assert.equal(second.OperationStatus, "IN_PROGRESS");
    finish();
    assert.equal((await first).RequestToken, second.RequestToken);
    assert.equal(done, 0);
  });

  it("rejects a request for a resource while another request changes it", async () => {
    let finish = () => {};
    const slow = new Promise<string>((resolve) => {
      finish = () => resolve("i");
    });
    const first = requests.run(update, 0, () => slow);
    const { ClientToken: _, ...other } = update;
    await assert.rejects(requests.run({ ...other, Operation: "DELETE" }, 0, work), {
      type: "ConcurrentOperationException",
    });
    await requests.run({ ...other, Identifier: "another" }, 0, work);
    await requests.run({ ...other, TypeName: "Another" }, 0, work);
    finish();
    await first;
    await requests.run(other, 0, work);
    assert.equal(done, 3);
  });

  const others: readonly Partial<ChangeRequest>[] = [
    { TypeName: "U" },
    { Operation: "DELETE" },
    { Identifier: "j" },
    { document: "[1]" },
  ];
  for (const other of others)
    it(`rejects a repeated token with another request: ${JSON.stringify(other)}`, async () => {
      await requests.run(update, 0, work);
      await assert.rejects(requests.run({ ...update, ...other }, 1, work), { type: "ClientTokenConflictException" });
      assert.equal(done, 1);
    });

  it("forgets a client token after 36 hours and a request after 7 days", async () => {
    const first = await requests.run(update, 0, work);
    assert.equal((await requests.run(update, 36 * hour - 1, work)).RequestToken, first.RequestToken);
    const second = await requests.run(update, 36 * hour, work);
    assert.notEqual(second.RequestToken, first.RequestToken);
    assert.equal(requests.all().length, 2);
    await requests.run({ ...update, ClientToken: "d" }, 7 * 24 * hour + 1, work);
    assert.throws(() => requests.status(first.RequestToken ?? ""), { type: "RequestTokenNotFoundException" });
    assert.deepEqual(requests.all().at(-1)?.RequestToken, second.RequestToken);
  });

  const errors: readonly (readonly [unknown, string])[] = [
    [validationError("Pipeline with name (p) already exists."), "AlreadyExists"],
    [notFound("Pipeline 'p' does not exist."), "NotFound"],
    [validationError("ModelPackageGroup g does not exist."), "NotFound"],
    [validationError("the role is invalid"), "InvalidRequest"],
    [new AwsError("ConflictException", "an execution is running"), "ResourceConflict"],
    [new AwsError("ResourceLimitExceeded", "too many"), "ServiceLimitExceeded"],
    [new AwsError("AccessDeniedException", "denied"), "AccessDenied"],
    [new AwsError("ThrottlingException", "Rate exceeded"), "Throttling"],
    [new AwsError("AnotherException", "other"), "GeneralServiceException"],
    [new TypeError("undefined is not a function"), "InternalFailure"],
  ];
  for (const [error, code] of errors)
    it(`reports ${code} for ${error}`, async () => {
      const { RequestToken } = await requests.run(update, 0, () => Promise.reject(error));
      const { OperationStatus, ErrorCode, StatusMessage, Identifier } = requests.status(RequestToken ?? "");
      assert.deepEqual([OperationStatus, ErrorCode, Identifier], ["FAILED", code, "i"]);
      assert.equal(StatusMessage, (error as Error).message);
      assert.equal(handlerErrorCode(error), code);
    });
});
