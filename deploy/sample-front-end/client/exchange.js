// One call from its first attempt to its answer: tokens, retries, problems.
import { DigestMismatch, NoAnswer, Problem, UnexpectedAnswer } from "./errors.js";
import { OPERATIONS } from "./generated/operations.js";
import { isGood, read, refusal } from "./reading.js";
import { mayPass, pause, pauseMs } from "./retries.js";
import { send } from "./transport.js";
import { attempt, isRepeatable, mediaTypeOf } from "./uploads.js";
/** Do the call. Throws `KCityError`, or the reason of the signal. */
export async function exchange(talk, id, given, options) {
    const call = prepared(talk, id, given, options);
    const began = performance.now();
    let renewed = false;
    for (let times = 1;; times++) {
        options.signal?.throwIfAborted();
        await authorize(call, talk.token, renewed);
        const upload = isUpload(call) ? await attempt(call.given["body"], options.onProgress) : null;
        const outcome = await tried(talk, call, upload);
        if (!(outcome instanceof Error))
            return answer(call, outcome, talk.checkDigests ? upload : null);
        if (!renewed && isExpired(outcome) && typeof talk.token === "function" && canSendAgain(call)) {
            renewed = true;
            continue;
        }
        const wait = waitMs(talk.retries, call, outcome, times, performance.now() - began);
        if (wait === null)
            throw outcome;
        await pause(wait, options.signal);
    }
}
function prepared(talk, id, given, options) {
    const operation = OPERATIONS[id];
    const requestId = crypto.randomUUID();
    const idempotencyKey = operation.keyed ? (options.idempotencyKey ?? crypto.randomUUID()) : null;
    const headers = new Headers({ "X-Request-Id": requestId });
    headers.set("Accept", `${operation.answer === "bytes" ? "*/*" : "application/json"}, application/problem+json`);
    if (idempotencyKey !== null)
        headers.set("Idempotency-Key", idempotencyKey);
    for (const [name, header] of [["ifMatch", "If-Match"], ["ifNoneMatch", "If-None-Match"]]) {
        if (given[name] !== undefined)
            headers.set(header, String(given[name]));
    }
    const type = contentType(operation, given);
    if (type !== null)
        headers.set("Content-Type", type);
    const about = { operation: id, requestId, idempotencyKey };
    return { id, operation, url: talk.origin + target(operation, given), headers, given, options, about };
}
function target(operation, given) {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => segment(name, given[name]));
    const query = new URLSearchParams();
    for (const name of operation.query) {
        for (const one of [given[name]].flat())
            if (one !== undefined && one !== null)
                query.append(name, String(one));
    }
    return query.size === 0 ? path : `${path}?${query}`;
}
/** Nothing in an argument can reach out of its segment. */
function segment(name, value) {
    const written = encodeURIComponent(String(value ?? ""));
    if (["", ".", ".."].includes(written))
        throw new TypeError(`${name} cannot be ${JSON.stringify(value)}`);
    return written;
}
function contentType(operation, given) {
    const body = given["body"];
    if (body === undefined || body === null)
        return null;
    if (operation.body === "file")
        return mediaTypeOf(body, String(given["file_name"] ?? ""));
    return typeof body === "string" && operation.text !== null ? operation.text : "application/json";
}
async function authorize(call, source, renew) {
    const token = typeof source === "function" ? await source(renew) : source;
    if (token === null)
        call.headers.delete("Authorization");
    else
        call.headers.set("Authorization", `Bearer ${token}`);
}
/** One attempt: a good answer, or the error it came to. Throws the reason of the caller's signal. */
async function tried(talk, call, upload) {
    const usual = isUpload(call) || call.operation.answer === "bytes" ? talk.fileTimeoutMs : talk.timeoutMs;
    const timeout = AbortSignal.timeout(call.options.timeoutMs ?? usual);
    const signal = call.options.signal ? AbortSignal.any([call.options.signal, timeout]) : timeout;
    const { method } = call.operation;
    const { url, headers } = call;
    const outgoing = { method, url, headers, body: text(call), upload, onProgress: call.options.onProgress, signal };
    try {
        const received = await send(outgoing, talk.fetch);
        return isGood(received) ? received : refusal(received, call.about);
    }
    catch (cause) {
        call.options.signal?.throwIfAborted();
        return notReceived(cause, call.about);
    }
}
function text(call) {
    const body = call.given["body"];
    if (isUpload(call) || body === undefined || body === null)
        return null;
    return typeof body === "string" && call.operation.text !== null ? body : JSON.stringify(body);
}
/** Node says when it never reached the service; browsers do not tell, so there the outcome is in doubt. */
function notReceived(error, about) {
    const cause = error instanceof Error ? error.cause : undefined;
    const never = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"].includes(String(cause?.code));
    return new NoAnswer(error instanceof Error ? error.message : String(error), !never, about, { cause: error });
}
async function answer(call, received, upload) {
    const { headers } = received;
    const requestId = headers.get("X-Request-Id") ?? call.about.requestId;
    const data = read(call.operation, received, { ...call.about, requestId });
    const stored = data?.sha256;
    if (upload !== null && typeof stored === "string") {
        const sent = await upload.sha256();
        if (sent !== stored)
            throw new DigestMismatch(sent, stored, { ...call.about, requestId });
    }
    const { idempotencyKey } = call.about;
    const location = headers.get("Location");
    return { data, operation: call.id, status: received.status, etag: headers.get("ETag"), location, requestId, idempotencyKey, headers };
}
function waitMs(retries, call, failure, times, elapsed) {
    if (!canSendAgain(call))
        return null;
    if (failure instanceof NoAnswer) {
        return isRepeatableCall(call) || !failure.outcomeUnknown ? pauseMs(retries, times, null, elapsed) : null;
    }
    if (failure instanceof Problem || failure instanceof UnexpectedAnswer) {
        const after = failure.retryAfterMs;
        return mayPass(failure.status, after, isRepeatableCall(call)) ? pauseMs(retries, times, after, elapsed) : null;
    }
    return null;
}
/** Whether sending it twice does what sending it once does. Source: contract, "Doing something once". */
function isRepeatableCall(call) {
    const { method, keyed } = call.operation;
    return method === "GET" || keyed || ((method === "PUT" || method === "PATCH") && call.headers.has("If-Match"));
}
function isUpload(call) {
    return call.operation.body === "file";
}
function canSendAgain(call) {
    return !isUpload(call) || isRepeatable(call.given["body"]);
}
function isExpired(failure) {
    return failure instanceof Problem && failure.status === 401;
}
