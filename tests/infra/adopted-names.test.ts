import assert from "node:assert/strict";
import { adoptedNames } from "../../infra/adopted-names.ts";
import { parsed } from "./configuration/parsed.ts";

describe("adoptedNames", () => {
  const folders = ["crickets", "constructor", "toString"];

  it("returns the configured pipeline names by folder", () => {
    const pipelines = { crickets: { name: "Rings" } };
    assert.deepEqual(adoptedNames(parsed({ region: "eu-central-1", pipelines }, folders), folders).pipelines, {
      crickets: "Rings",
    });
  });

  it("returns no names if none are configured, also for a folder named constructor", () => {
    assert.deepEqual(adoptedNames(parsed({ region: "eu-central-1" }, folders), folders).pipelines, {});
  });
});
