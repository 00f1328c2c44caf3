"""The API's own documentation page: Swagger UI from a wheel, nothing from outside (ministry networks are closed)."""

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

_ASSETS = Path(str(files("fastapi_offline"))) / "static"
_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="icon" href="docs/favicon.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
# addresses are relative, so that the page also works behind the front door's prefix
_START = """"use strict";
fetch("openapi.json").then((answer) => answer.json()).then((spec) => {
  spec.servers = [{ url: new URL(".", window.location.href).pathname.replace(/\\/$/, "") || "/" }];
  // Swagger UI would ask the issuer at once, who is another host: people paste a token instead
  for (const [name, scheme] of Object.entries(spec.components?.securitySchemes ?? {})) {
    if (scheme.type === "openIdConnect") delete spec.components.securitySchemes[name];
  }
  SwaggerUIBundle({
    spec, dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null, persistAuthorization: false,
    presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout",
  });
});
"""


def serve_documentation(app: FastAPI) -> None:
    """Add ``/docs`` and its files to ``app``."""
    page = _PAGE.format(title=app.title.replace("&", "&amp;").replace("<", "&lt;"))

    async def show_page(_request: Request) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})

    async def show_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "start.js":
            return Response(_START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
        if name not in _FILES:
            return Response(status_code=404)
        return FileResponse(
            _ASSETS / name, media_type=_FILES[name], headers={"Cache-Control": "max-age=86400"}
        )

    app.add_route("/docs", show_page, include_in_schema=False)
    app.add_route("/docs/{name}", show_file, include_in_schema=False)
