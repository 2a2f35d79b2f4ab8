import { bucketMistakes } from "./mistakes/bucket.ts";
import { githubMistakes } from "./mistakes/github.ts";
import type { Mistake } from "./mistakes/mistake.ts";
import { networkMistakes } from "./mistakes/network.ts";
import { notificationMistakes } from "./mistakes/notification.ts";
import { pipelineMistakes } from "./mistakes/pipeline.ts";
import { roleMistakes } from "./mistakes/role.ts";

/** The mistakes that the tests plant, each into a stack without mistakes. */
export const mistakes: readonly Mistake[] = [
  ...bucketMistakes,
  ...roleMistakes,
  ...githubMistakes,
  ...pipelineMistakes,
  ...notificationMistakes,
  ...networkMistakes,
];
