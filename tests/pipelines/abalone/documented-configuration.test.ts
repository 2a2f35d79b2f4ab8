import assert from "node:assert/strict";
import { type Page, pages } from "../../docs/pages.ts";
import { checkedConfig, configured, type Setting } from "../../infra/configuration/checked-config.ts";

/** Values that replace the placeholders of the pages. */
const given: Readonly<Record<string, string>> = {
  '"$(aws sts get-caller-identity --query Account --output text)"': "111122223333",
  "s3://...": "s3://lake/abalone.csv",
  "s3://YOUR-PULUMI-STATE": "s3://octo-org-pulumi-state",
  NAME: "Rings",
};

/** Returns the commands of a page that set the configuration of a stack, but for the pattern of them all. */
function commands({ text }: Page): readonly Setting[] {
  return [...text.matchAll(/pulumi config set (--path )?('[^']+'|\S+) ("[^"]*"|[^\s`]+)/g)]
    .map(([, path, key = "", value = ""]) => ({
      key: key.replaceAll("'", ""),
      value: given[value] ?? value,
      isPath: path !== undefined,
    }))
    .filter(({ key }) => key !== "KEY");
}

describe("the commands of the pages that configure a stack", () => {
  it("give a configuration that the program accepts", () => {
    const all = pages
      .flatMap(commands)
      // Settings of Pulumi's provider are not checked here.
      .filter(({ key }) => !key.startsWith("aws:") || key === "aws:region");
    assert.ok(all.length >= 12, String(all.length));
    const { configuration, problems } = checkedConfig(configured(all), ["abalone"]);
    assert.deepEqual(problems, []);
    assert.equal(configuration?.pipelines["abalone"]?.ceiling, 5.5);
    assert.equal(configuration.pipelines["abalone"].relativeTolerance, 0.05);
    assert.deepEqual(configuration.tags, { "cost-center": "42" });
    assert.deepEqual([configuration.github?.repositoryId, configuration.forceDestroy], ["456789", true]);
  });
});
