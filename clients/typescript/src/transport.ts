// One request, one answer: `fetch`, and `XMLHttpRequest` where a browser shall tell of an upload's progress.
import type { Attempt, Progress } from "./uploads.js";

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | null;
  readonly upload: Attempt | null;
  readonly onProgress: Progress | undefined;
  readonly signal: AbortSignal;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export async function send(outgoing: Outgoing, fetcher: typeof fetch): Promise<Received> {
  if (outgoing.upload?.byXhr) return sendByXhr(outgoing, outgoing.upload.body as Blob);
  const { method, headers, signal } = outgoing;
  const body = outgoing.upload?.body ?? outgoing.body;
  // `duplex` is what the Fetch standard asks for with a stream; the type of TypeScript's DOM does not know it yet
  const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
  const answer = await fetcher(outgoing.url, { method, headers, body, signal, redirect: "manual", ...streamed });
  return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
}

function sendByXhr(outgoing: Outgoing, body: Blob): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open(outgoing.method, outgoing.url);
    request.responseType = "arraybuffer";
    outgoing.headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => outgoing.onProgress?.(event.loaded, event.total);
    request.onload = () => resolve(receivedBy(request));
    request.onerror = () => reject(new TypeError("the connection failed"));
    request.onabort = () => reject(outgoing.signal.reason);
    request.onloadend = () => outgoing.signal.removeEventListener("abort", abort);
    if (outgoing.signal.aborted) return reject(outgoing.signal.reason);
    outgoing.signal.addEventListener("abort", abort, { once: true });
    request.send(body);
  });
}

function receivedBy(request: XMLHttpRequest): Received {
  const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/).filter((line) => line !== "");
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { status: request.status, headers: new Headers(pairs), body: new Uint8Array(request.response as ArrayBuffer) };
}
