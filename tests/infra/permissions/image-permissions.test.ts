import assert from "node:assert/strict";
import { sklearnImageUri, xgboostImageUri } from "#language";
import { foreignImages, repositoriesOf } from "../../../infra/permissions/image-permissions.ts";
import type { Json, PipelineDefinition } from "../../../service-model/definition.ts";

function definition(Type: string, Arguments: { readonly [key: string]: Json }): PipelineDefinition {
  return { Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: [{ Name: "Step", Type, Arguments }] };
}

const training = (image: string) => definition("Training", { AlgorithmSpecification: { TrainingImage: image } });
const processing = (image: string) => definition("Processing", { AppSpecification: { ImageUri: image } });

/** Returns the regions with an XGBoost image, from the error for an unknown region. */
function regions(): readonly string[] {
  try {
    return [xgboostImageUri("3.0-5", "mars-north-1")];
  } catch (error) {
    const [, known = ""] = /use one of ([\w, -]+), or/.exec((error as Error).message) ?? [];
    return known.split(", ");
  }
}

/** Returns the only image of a definition. */
function imageOf(made: PipelineDefinition): string {
  return /\d{12}\.dkr[^"]+/.exec(JSON.stringify(made))?.[0] ?? "";
}

describe("images", () => {
  it("of AWS are recognised in every region, including the isolated ones", () => {
    const all = regions();
    assert.ok(all.length > 30 && all.includes("us-iso-east-1") && all.includes("us-isof-south-1"), all.join());
    for (const region of all)
      for (const [uri, repository] of [
        [xgboostImageUri("3.0-5", region), "sagemaker-xgboost"],
        [sklearnImageUri("1.2-1", region), "sagemaker-scikit-learn"],
      ] as const) {
        const { repositories, problems } = repositoriesOf(training(uri), "p");
        assert.deepEqual(problems, []);
        assert.deepEqual(
          repositories.map((arn) => arn.split(":").filter((_, index) => index !== 4)),
          [["arn", "p", "ecr", region, `repository/${repository}`]],
        );
        assert.deepEqual(foreignImages(processing(uri), region), []);
        assert.deepEqual(foreignImages(processing(uri), "mars-north-1"), [uri]);
      }
  });

  const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/x@sha256:0a";
  const foreign: readonly (readonly [string, PipelineDefinition, boolean])[] = [
    ["of a training job", training(image), true],
    ["of a processing job", processing(image), true],
    ["of a Model step", definition("Model", { PrimaryContainer: { Image: image } }), true],
    [
      "inside of a condition",
      definition("Condition", { IfSteps: [...training(image).Steps] as unknown as Json, ElseSteps: [] }),
      true,
    ],
    [
      "in another partition's registry",
      training(image.replace("us-east-1.amazonaws.com", "eu-central-1.amazonaws.com.cn")),
      true,
    ],
    ["of the region's FIPS endpoint", training(image.replace("ecr.us-east-1", "ecr-fips.eu-central-1")), false],
    ["of a public registry", training("public.ecr.aws/team/x:1"), false],
    ["of the pipeline's own region", training(image.replace("us-east-1", "eu-central-1")), false],
    // A registered model may be meant for another region.
    ["of a registered model", definition("RegisterModel", { Containers: [{ Image: image }] }), false],
  ];
  for (const [what, made, expected] of foreign)
    it(`${what} are ${expected ? "rejected, because their ECR registry is in another region" : "accepted"}`, () =>
      assert.deepEqual(foreignImages(made, "eu-central-1"), expected ? [imageOf(made)] : []));
});
