/** Client of the K-City Network for browsers and Node. The README has a worked example. */
export { KCity } from "./client.js";
export { DigestMismatch, isProblem, KCityError, NoAnswer, NotModified, Problem, refusalOf, TokenRefused, UnexpectedAnswer, } from "./errors.js";
export { VERSION } from "./generated/version.js";
export { NEVER } from "./retries.js";
export { clientCredentials } from "./tokens.js";
export {} from "./uploads.js";
