/** Faults of a call. A lost call has its effect but no answer. */
export const faults = [
  "throttled",
  "unavailable",
  "disconnected",
  "lost",
  "refused",
  "hanging",
  "role",
  "conflict",
  "garbled",
  "truncated",
  "denied",
  "expired",
] as const;
export type Fault = (typeof faults)[number];

/** Returns the fault of a call at a time of the virtual clock. */
export type FaultAt = (operation: string, at: number) => Fault | undefined;

/** The status, the name and the message of the faults that AWS answers. */
export const errors: Partial<Record<Fault, readonly [number, string, string]>> = {
  throttled: [400, "ThrottlingException", "Rate exceeded"],
  unavailable: [503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."],
  role: [
    400,
    "ValidationException",
    "Could not assume role arn:aws:iam::123456789012:role/r. Please ensure that it exists.",
  ],
  conflict: [400, "ConflictException", "The execution is being changed."],
  denied: [400, "AccessDeniedException", "User is not authorized to perform this action"],
  expired: [400, "ExpiredTokenException", "The security token included in the request is expired"],
};
