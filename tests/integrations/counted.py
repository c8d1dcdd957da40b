"""Calls to a helpdesk as they go out, whoever makes them."""

from __future__ import annotations

from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter


class Counted:
    """The calls to this account's API: its path, with the method before it unless it is GET."""

    def __init__(self, account, monkeypatch):
        self._made = []
        api = f"{account.base_url}/api/v2/"
        send = HTTPAdapter.send

        def counting(adapter, request, **kwargs):
            if request.url.startswith(api):
                path = urlsplit(request.url.removeprefix(api)).path.removesuffix(".json")
                self._made.append(path if request.method == "GET" else f"{request.method} {path}")
            return send(adapter, request, **kwargs)

        monkeypatch.setattr(HTTPAdapter, "send", counting)

    def calls_of(self, act):
        self._made.clear()
        act()
        return list(self._made)
