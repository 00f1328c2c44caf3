// Files to send: hashed and counted on the way.

/** A file: a `File` of the browser, `await openAsBlob(path)` in Node, bytes, or a stream, which is sent once. */
export type UploadSource = Blob | Uint8Array | ReadableStream<Uint8Array>;
export type Progress = (sent: number, total: number | null) => void;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
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
export function mediaTypeOf(source: UploadSource, fileName: string): string {
  const ending = fileName.toLowerCase().split(".").at(-1) ?? "";
  const found = MEDIA_TYPES[ending] ?? (source instanceof Blob ? source.type : "");
  if (found === "") throw new TypeError(`no media type is known for ${JSON.stringify(fileName)}`);
  return found;
}

export function isRepeatable(source: UploadSource): boolean {
  return !(source instanceof ReadableStream);
}

/** One attempt's body, with the digest of what was sent once it is through. */
export interface Attempt {
  readonly body: BodyInit;
  /** Sent by `XMLHttpRequest`, the only way of browsers to tell of progress. */
  readonly byXhr: boolean;
  sha256(): Promise<string>;
}

type NodeHash = { update(piece: Uint8Array): void; digest(encoding: "hex"): string };
type NodeCrypto = { createHash(name: string): NodeHash };
type NodeProcess = { getBuiltinModule?(name: string): unknown };

/** Node's hashes work on streams; those of browsers want all bytes at once. */
function nodeCrypto(): NodeCrypto | null {
  const { process } = globalThis as { process?: NodeProcess };
  return (process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined) ?? null;
}

export async function attempt(source: UploadSource, onProgress: Progress | undefined): Promise<Attempt> {
  const crypto = nodeCrypto();
  return crypto === null ? inBrowser(source, onProgress) : streamed(source, onProgress, crypto);
}

function streamed(source: UploadSource, onProgress: Progress | undefined, crypto: NodeCrypto): Attempt {
  const blob = source instanceof Uint8Array ? asBlob(source) : source;
  const total = blob instanceof Blob ? blob.size : null;
  const hash = crypto.createHash("sha256");
  let sent = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
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

async function inBrowser(source: UploadSource, onProgress: Progress | undefined): Promise<Attempt> {
  const blob = source instanceof ReadableStream ? await new Response(source).blob() : asBlob(source);
  const sha256 = async (): Promise<string> => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return { body: blob, byXhr: onProgress !== undefined && typeof XMLHttpRequest !== "undefined", sha256 };
}

function asBlob(source: Blob | Uint8Array): Blob {
  return source instanceof Blob ? source : new Blob([source as Uint8Array<ArrayBuffer>]);
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
