"""The web process as it is served, with one empty endpoint beside its doors to compare with."""

# ruff: noqa: E402 - the standard library is patched before anything else is imported
from gevent import monkey

monkey.patch_all()

from flask import Response, request

from guidance.app import create_app
from guidance.app.serving import serve
from guidance.settings import read_settings

settings = read_settings()
app = create_app(settings)


@app.post("/empty")
def empty() -> Response:
    request.get_data(cache=False)
    return Response(b"{}", content_type="application/json")


serve(settings, app)
