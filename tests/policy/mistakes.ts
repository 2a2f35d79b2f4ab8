import type { Mistake } from "./mistake.ts";
import { bucketMistakes } from "./mistakes/bucket.ts";
import { githubMistakes } from "./mistakes/github.ts";
import { notificationMistakes } from "./mistakes/notification.ts";
import { networkMistakes, pipelineMistakes } from "./mistakes/pipeline.ts";
import { roleMistakes } from "./mistakes/role.ts";

/** Mistakes that a stack as `index.ts` registers it by default can have. */
export const stackMistakes: readonly Mistake[] = [
  ...bucketMistakes,
  ...roleMistakes,
  ...pipelineMistakes,
  ...notificationMistakes,
];

/** All mistakes; those of GitHub's roles and of jobs in a VPC need a stack that has them. */
export const mistakes: readonly Mistake[] = [...stackMistakes, ...githubMistakes, ...networkMistakes];
