import { bucketMistakes } from "./mistakes/bucket.ts";
import { githubMistakes } from "./mistakes/github.ts";
import type { Mistake } from "./mistakes/mistake.ts";
import { networkMistakes } from "./mistakes/network.ts";
import { notificationMistakes } from "./mistakes/notification.ts";
import { pipelineMistakes } from "./mistakes/pipeline.ts";
import { roleMistakes } from "./mistakes/role.ts";

/** Every mistake that the tests plant: each in a stack that is right without it. */
export const mistakes: readonly Mistake[] = [
  ...bucketMistakes,
  ...roleMistakes,
  ...githubMistakes,
  ...pipelineMistakes,
  ...notificationMistakes,
  ...networkMistakes,
];
