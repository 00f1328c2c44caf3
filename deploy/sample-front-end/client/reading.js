// Answers, read: what was asked for, or the error that they are.
import { NotModified, Problem, UnexpectedAnswer } from "./errors.js";
import { retryAfterMs } from "./retries.js";
const OWN = new Set(["type", "title", "status", "detail", "instance", "errors", "request_id"]);
const NOT_MODIFIED = 304;
export function isGood(received) {
    return received.status >= 200 && received.status < 300;
}
/** The answer. Throws `UnexpectedAnswer` when it is none of the contract's. */
export function read(operation, received, about) {
    if (operation.answer === null)
        return undefined;
    if (operation.answer === "bytes")
        return received.body;
    const told = mediaType(received) === "application/json" ? json(received) : undefined;
    if (told === undefined)
        throw unexpected(received, about);
    return told;
}
/** The error that an answer of 3xx to 5xx is. */
export function refusal(received, about) {
    const requestId = received.headers.get("X-Request-Id") ?? about.requestId;
    if (received.status === NOT_MODIFIED)
        return new NotModified("not modified", { ...about, requestId });
    const told = mediaType(received) === "application/problem+json" ? json(received) : undefined;
    if (!isRecord(told))
        return unexpected(received, { ...about, requestId });
    const problem = {
        type: text(told["type"]) || "about:blank",
        status: received.status,
        title: text(told["title"]),
        detail: text(told["detail"]),
        errors: violations(told["errors"]),
        facts: Object.fromEntries(Object.entries(told).filter(([name]) => !OWN.has(name))),
        retryAfterMs: retryAfterMs(received.headers),
    };
    return new Problem(problem, { ...about, requestId: text(told["request_id"]) || requestId });
}
function unexpected(received, about) {
    const shown = new TextDecoder().decode(received.body);
    return new UnexpectedAnswer(received.status, mediaType(received), shown, retryAfterMs(received.headers), about);
}
function violations(told) {
    if (!Array.isArray(told))
        return [];
    return told
        .filter(isRecord)
        .map((one) => ({ pointer: text(one["pointer"]), reason: text(one["reason"]), message: text(one["message"]) }));
}
function mediaType(received) {
    return (received.headers.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
function json(received) {
    try {
        return JSON.parse(new TextDecoder().decode(received.body));
    }
    catch {
        return undefined;
    }
}
function isRecord(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function text(value) {
    return typeof value === "string" ? value : "";
}
