"""The desk of `guidance demo`, beside a service that is starting."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping

import click

from guidance.demo import DeskSettings, add_owner, add_partner, demo_accounts, new_secrets, serve_desk
from guidance.demo.zendesk.oauth import CLIENT_ID
from guidance.errors import SetupError
from guidance.settings import read_settings
from guidance.store import open_store

_STARTS_WITHIN = 60.0


def open_desk(port: int, environment: Mapping[str, str], service: subprocess.Popen[bytes], *, is_bare: bool) -> None:
    """Serve the desk until the process ends. `environment`: the service's. Raises `SetupError` where that has ended instead."""
    desk = DeskSettings(
        secrets=new_secrets(),
        desk_url=f"http://127.0.0.1:{port}",
        service_url=environment["GUIDANCE_PUBLIC_URL"],
        is_connected=not is_bare,
    )
    if is_bare:
        _say_how_to_connect(desk, environment)
    else:
        register(desk, environment, service)
    os.environ.update(environment)  # the desk changes its own pace in the service's store
    serve_desk(desk, port=port)


def _say_how_to_connect(desk: DeskSettings, environment: Mapping[str, str]) -> None:
    """What another terminal needs to reach this service, the OAuth client that the desk's Zendesk knows, and a key of its Freshdesk."""
    told = {name: environment[name] for name in ("GUIDANCE_DATA", "GUIDANCE_KEY_FILE", "GUIDANCE_PUBLIC_URL")}
    told["GUIDANCE_ZENDESK_CLIENT_SECRET"] = desk.secrets.zendesk_client_secret
    told["GUIDANCE_FRESHDESK_API_KEY"] = desk.secrets.freshdesk_api_key
    for name, value in told.items():
        click.echo(f"export {name}={value}")
    address = f"--base-url {desk.desk_url}/zendesk --client-id {CLIENT_ID}"
    click.echo(f"guidance connect zendesk demo {address} --bot")
    click.echo(f"guidance connect freshdesk demo --base-url {desk.desk_url}/freshdesk --bot")


def register(desk: DeskSettings, environment: Mapping[str, str], service: subprocess.Popen[bytes]) -> None:
    """Make both helpdesks known to the service, as soon as its store answers. Raises `SetupError` where it has ended instead."""
    settings = read_settings(environment, makes_key=True)
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        if service.poll() is not None:
            raise SetupError("the service ended; its messages above say why")
        try:
            store = open_store(None, data_dir=settings.data_dir, key=settings.secret_key, max_connections=2)
            for account in demo_accounts(desk.desk_url, desk.secrets):
                store.put_account(account)
            add_owner(store, desk.secrets.console_password)
            add_partner(store)
            store.close()
        except Exception:  # noqa: BLE001 - not there yet, in any of several ways
            time.sleep(0.1)
        else:
            return
    raise SetupError(f"the service did not start within {_STARTS_WITHIN:.0f} s; its messages above say why")
