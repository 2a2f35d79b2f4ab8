/**
 * The List operations of resources that this endpoint does not keep. Their answers are true: there are none. Clients call them
 * to find an account's Studio domain, its notebooks or the trials of an execution.
 */
const members = {
  ListApps: "Apps",
  ListArtifacts: "ArtifactSummaries",
  ListAssociations: "AssociationSummaries",
  ListContexts: "ContextSummaries",
  ListDomains: "Domains",
  ListExperiments: "ExperimentSummaries",
  ListNotebookInstances: "NotebookInstances",
  ListProjects: "ProjectSummaryList",
  ListSpaces: "Spaces",
  ListTrialComponents: "TrialComponentSummaries",
  ListTrials: "TrialSummaries",
  ListUserProfiles: "UserProfiles",
} as const;

export const emptyLists: { readonly [operation: string]: () => object } = Object.fromEntries(
  Object.entries(members).map(([operation, member]) => [operation, () => ({ [member]: [] })]),
);
