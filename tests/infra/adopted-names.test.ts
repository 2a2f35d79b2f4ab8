import assert from "node:assert/strict";
import { adoptedNames } from "../../infra/adopted-names.ts";
import { parsed } from "./configuration/parsed.ts";

describe("names that a configuration adopts", () => {
  const folders = ["abalone", "constructor", "toString"];

  it("are those that it gives to pipelines, by folder", () => {
    const pipelines = { abalone: { name: "Rings" } };
    assert.deepEqual(adoptedNames(parsed({ region: "eu-central-1", pipelines }, folders), folders).pipelines, {
      abalone: "Rings",
    });
  });

  it("are none where it gives none, also for a folder that is called as what every object has", () => {
    assert.deepEqual(adoptedNames(parsed({ region: "eu-central-1" }, folders), folders).pipelines, {});
  });
});
