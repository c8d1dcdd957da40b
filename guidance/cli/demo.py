"""`guidance demo`: the whole service and a desk to try it on, all on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import click

from guidance.demo import DeskSettings, add_owner, add_partner, demo_accounts, new_secrets, serve_desk
from guidance.demo.zendesk.oauth import CLIENT_ID
from guidance.errors import SetupError
from guidance.settings import read_settings
from guidance.store import ending_with_parent, open_store

_STARTS_WITHIN = 60.0


@click.command()
@click.option("--port", default=8700, show_default=True, help="The desk's port.")
@click.option("--service-port", default=8710, show_default=True, help="The service's port.")
@click.option(
    "--bare",
    is_flag=True,
    help="The helpdesks don't know the service yet: connect them as docs/zendesk.md and docs/freshdesk.md say.",
)
def demo(port: int, service_port: int, *, bare: bool) -> None:
    """A small Zendesk and Freshdesk beside the whole service; Ctrl-C ends all and forgets all."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    desk = DeskSettings(
        secrets=new_secrets(),
        desk_url=f"http://127.0.0.1:{port}",
        service_url=f"http://127.0.0.1:{service_port}",
        is_connected=not bare,
    )
    with tempfile.TemporaryDirectory(prefix="guidance-demo-") as folder:
        environment = _environment(desk, Path(folder), service_port)
        service = _start_service(environment)
        try:
            if bare:
                _say_how_to_connect(desk, environment)
            else:
                _register(desk, environment, service)
            os.environ.update(environment)  # the desk changes its own pace in the service's store
            click.echo(f"desk      {desk.desk_url}")
            serve_desk(desk, port=port)
        finally:
            service.terminate()
            service.wait(20)


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


def _environment(desk: DeskSettings, folder: Path, service_port: int) -> Mapping[str, str]:
    told = {
        "GUIDANCE_DATA": str(folder / "data"),
        "GUIDANCE_KEY_FILE": str(folder / "key"),
        "GUIDANCE_PORT": str(service_port),
        "GUIDANCE_PUBLIC_URL": desk.service_url,
        "GUIDANCE_ZAF_SDK_URL": f"{desk.desk_url}/zaf_sdk.js",
    }
    return {**os.environ, **told}


def _start_service(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The service as a child that ends with us."""
    command = ending_with_parent([sys.executable, "-m", "guidance.cli", "serve"])
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603


def _register(desk: DeskSettings, environment: Mapping[str, str], service: subprocess.Popen[bytes]) -> None:
    """Make both helpdesks known to the service, as soon as its store answers. Raises `SetupError` where it has ended instead."""
    settings = read_settings(environment)
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
