/** Client of the K-City Network for browsers and Node. The README has a worked example. */
export { KCity, type KeptAnswer, type Service, type Settings } from "./client.js";
export {
  DigestMismatch,
  isProblem,
  KCityError,
  NoAnswer,
  NotModified,
  Problem,
  refusalOf,
  TokenRefused,
  UnexpectedAnswer,
  type Violation,
} from "./errors.js";
export type { OperationProblems, ProblemFacts, ProblemSlug } from "./generated/problems.js";
export type { components, operations } from "./generated/schema.js";
export { VERSION } from "./generated/version.js";
export { NEVER, type Retries } from "./retries.js";
export { clientCredentials, type ClientCredentials, type TokenCallback, type TokenSource } from "./tokens.js";
export type { Answer, CallOptions, Input, Item, ListId, OperationId, Output } from "./types.js";
export { type UploadSource } from "./uploads.js";
