import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sklearnImageUri, xgboostImageUri } from "#language";
import { repository } from "../../scripts/local-stack/folders.ts";

const shared = join(repository, "..", "shared", "image-uris.json");

describe("the URIs of AWS's images", () => {
  it("equal those of the SageMaker Python SDK in every region", function () {
    if (!existsSync(shared)) {
      console.log("      skipped: the image URIs of the SageMaker Python SDK are not beside the repository");
      this.skip();
    }
    const { uris } = JSON.parse(readFileSync(shared, "utf8")) as {
      uris: Record<"sklearn" | "xgboost", Record<string, Record<string, string>>>;
    };
    let compared = 0;
    for (const [of, known] of [
      [sklearnImageUri, uris.sklearn],
      [xgboostImageUri, uris.xgboost],
    ] as const)
      for (const [version, regions] of Object.entries(known)) {
        // Version 1 of XGBoost is older than the framework images and is in other registries.
        if (version === "1" || version === "latest") continue;
        for (const [region, uri] of Object.entries(regions)) {
          assert.equal(of(version, region), uri);
          compared += 1;
        }
      }
    assert.ok(compared > 400, String(compared));
  });

  it("cannot be made for a region without images", () => {
    assert.throws(
      () => sklearnImageUri("1.2-1", "mars-north-1"),
      /^Error: no scikit-learn image is known for region mars/,
    );
    assert.throws(
      () => xgboostImageUri("3.0-5", "mars-north-1"),
      /no XGBoost image .* use one of af-south-1, .* us-west-2, or/,
    );
  });
});
