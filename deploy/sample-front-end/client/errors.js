const EXCERPT_CHARACTERS = 300;
/** Anything that this client throws about a request. */
export class KCityError extends Error {
    operation;
    requestId;
    idempotencyKey;
    constructor(message, about, options) {
        super(message, options);
        this.name = new.target.name;
        this.operation = about.operation;
        this.requestId = about.requestId;
        this.idempotencyKey = about.idempotencyKey;
    }
}
/** A refusal. Branch on `slug`; a type that this version does not know is a `Problem` all the same. */
export class Problem extends KCityError {
    slug;
    type;
    status;
    title;
    detail;
    errors;
    /** The members beyond those of RFC 9457, such as `closed_at`. */
    facts;
    retryAfterMs;
    constructor(told, about) {
        const slug = told.type.replace(/\/+$/, "").split("/").at(-1) ?? "";
        super(`${told.status} ${slug}: ${told.detail || told.title} (request ${about.requestId})`, about);
        this.slug = slug;
        this.type = told.type;
        this.status = told.status;
        this.title = told.title;
        this.detail = told.detail;
        this.errors = told.errors;
        this.facts = told.facts;
        this.retryAfterMs = told.retryAfterMs;
    }
}
/** Whether it is a refusal, of one of these types where any is named. */
export function isProblem(error, ...slugs) {
    return error instanceof Problem && (slugs.length === 0 || slugs.includes(error.slug));
}
/**
 * The refusal of this operation, as a union to `switch` over by `slug`; throws everything else on.
 * Keep a last branch: a later version may answer types that this one does not know.
 */
export function refusalOf(operation, error) {
    if (error instanceof Problem && error.operation === operation) {
        return error;
    }
    throw error;
}
/** An answer that is none of the contract's. `excerpt`: how its body begins. */
export class UnexpectedAnswer extends KCityError {
    status;
    mediaType;
    excerpt;
    retryAfterMs;
    constructor(status, mediaType, text, retryAfterMs, about) {
        const excerpt = text.slice(0, EXCERPT_CHARACTERS);
        const what = `${status} with ${mediaType || "no media type"} is no answer of the contract`;
        super(`${what}: ${JSON.stringify(excerpt)} (request ${about.requestId})`, about);
        this.status = status;
        this.mediaType = mediaType;
        this.excerpt = excerpt;
        this.retryAfterMs = retryAfterMs;
    }
}
/** No answer came. `outcomeUnknown`: the request may have reached the service and may have been done. */
export class NoAnswer extends KCityError {
    outcomeUnknown;
    constructor(message, outcomeUnknown, about, options) {
        super(`${message} (request ${about.requestId})`, about, options);
        this.outcomeUnknown = outcomeUnknown;
    }
}
/** The stored document is not what was sent; delete it and send it again. Both digests are hex SHA-256. */
export class DigestMismatch extends KCityError {
    sent;
    stored;
    constructor(sent, stored, about) {
        super(`sent ${sent}, stored ${stored}`, about);
        this.sent = sent;
        this.stored = stored;
    }
}
/** Nothing changed since the version named by `ifNoneMatch`. */
export class NotModified extends KCityError {
}
/** The issuer refused. `error`: its word (RFC 6749, section 5.2). */
export class TokenRefused extends KCityError {
    status;
    error;
    constructor(status, error) {
        super(`the issuer answered ${status}: ${error}`, { operation: null, requestId: null, idempotencyKey: null });
        this.status = status;
        this.error = error;
    }
}
