export async function send(outgoing, fetcher) {
    if (outgoing.upload?.byXhr)
        return sendByXhr(outgoing, outgoing.upload.body);
    const { method, headers, signal } = outgoing;
    const body = outgoing.upload?.body ?? outgoing.body;
    // `duplex` is what the Fetch standard asks for with a stream; the type of TypeScript's DOM does not know it yet
    const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
    const answer = await fetcher(outgoing.url, { method, headers, body, signal, redirect: "manual", ...streamed });
    return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
}
function sendByXhr(outgoing, body) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const abort = () => request.abort();
        request.open(outgoing.method, outgoing.url);
        request.responseType = "arraybuffer";
        outgoing.headers.forEach((value, name) => request.setRequestHeader(name, value));
        request.upload.onprogress = (event) => outgoing.onProgress?.(event.loaded, event.total);
        request.onload = () => resolve(receivedBy(request));
        request.onerror = () => reject(new TypeError("the connection failed"));
        request.onabort = () => reject(outgoing.signal.reason);
        request.onloadend = () => outgoing.signal.removeEventListener("abort", abort);
        if (outgoing.signal.aborted)
            return reject(outgoing.signal.reason);
        outgoing.signal.addEventListener("abort", abort, { once: true });
        request.send(body);
    });
}
function receivedBy(request) {
    const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/).filter((line) => line !== "");
    const pairs = lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    return { status: request.status, headers: new Headers(pairs), body: new Uint8Array(request.response) };
}
