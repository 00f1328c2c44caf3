// Files to send: hashed and counted on the way.
const MEDIA_TYPES = {
    pdf: "application/pdf",
    hwp: "application/x-hwp",
    hwpx: "application/vnd.hancom.hwpx",
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    zip: "application/zip",
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
};
/** What a file is, by the ending of its name, else by what it says itself. Throws `TypeError` where neither tells. */
export function mediaTypeOf(source, fileName) {
    const ending = fileName.toLowerCase().split(".").at(-1) ?? "";
    const found = MEDIA_TYPES[ending] ?? (source instanceof Blob ? source.type : "");
    if (found === "")
        throw new TypeError(`no media type is known for ${JSON.stringify(fileName)}`);
    return found;
}
export function isRepeatable(source) {
    return !(source instanceof ReadableStream);
}
/** Node's hashes work on streams; those of browsers want all bytes at once. */
function nodeCrypto() {
    const { process } = globalThis;
    return process?.getBuiltinModule?.("node:crypto") ?? null;
}
export async function attempt(source, onProgress) {
    const crypto = nodeCrypto();
    return crypto === null ? inBrowser(source, onProgress) : streamed(source, onProgress, crypto);
}
function streamed(source, onProgress, crypto) {
    const blob = source instanceof Uint8Array ? asBlob(source) : source;
    const total = blob instanceof Blob ? blob.size : null;
    const hash = crypto.createHash("sha256");
    let sent = 0;
    const counting = new TransformStream({
        transform(piece, to) {
            hash.update(piece);
            sent += piece.byteLength;
            onProgress?.(sent, total);
            to.enqueue(piece);
        },
    });
    const stream = blob instanceof Blob ? blob.stream() : blob;
    return { body: stream.pipeThrough(counting), byXhr: false, sha256: async () => hash.digest("hex") };
}
async function inBrowser(source, onProgress) {
    const blob = source instanceof ReadableStream ? await new Response(source).blob() : asBlob(source);
    const sha256 = async () => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return { body: blob, byXhr: onProgress !== undefined && typeof XMLHttpRequest !== "undefined", sha256 };
}
function asBlob(source) {
    return source instanceof Blob ? source : new Blob([source]);
}
function hex(bytes) {
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
