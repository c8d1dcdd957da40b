"""How this installation is set up: environment variables that begin with GUIDANCE_, read once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from guidance.errors import SetupError
from guidance.text.addresses import address_in, is_bare

ZENDESK_SDK = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
SHORTEST_KEY = 16
MOST_PROXIES = 9


class Oidc(Struct, frozen=True, kw_only=True):
    """The company's identity provider: `name` is what the sign-in page calls it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str = "your company's account"


class Settings(Struct, frozen=True, kw_only=True):
    """What the environment says. Times in seconds.

    `redis_url` None: a Valkey of our own runs on `data_dir`. `secret_key` seals secrets and signs sessions; where the environment
    gives none it lies in `key_file`, never in the data folder, and is empty as long as nobody has made it. `rules_dir`: packs beside the shipped ones.
    `proxies`: how many stand in front of the web process, whose `X-Forwarded-For` is believed.
    """

    data_dir: Path = Path("var")
    redis_url: str | None = None
    secret_key: bytes = b""
    key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8710
    public_url: str = ""
    proxies: int = 0
    zaf_sdk_url: str = ZENDESK_SDK
    rules_dir: Path | None = None
    oidc: Oidc | None = None

    def __repr__(self) -> str:
        """Without the key and the store's address, which may hold a password: settings are printed when something is wrong."""
        return f"Settings(data_dir={self.data_dir}, host={self.host}, port={self.port}, public_url={self.public_url!r})"

    def check_key(self) -> None:
        """Raise `SetupError` where there is no key, with the way on from there."""
        if self.secret_key:
            return
        if self.redis_url is None and holds_data(self.data_dir):
            raise _lost(self.key_file, self.data_dir)
        raise SetupError(
            f"there is no key at {self.key_file}: `guidance serve` makes it at its first start; where it has run already, run this as "
            "its user, in its folder, with its variables"
        )

    @property
    def url(self) -> str:
        """Where others reach this service."""
        return self.public_url or f"http://{self.listens_at}"

    @property
    def listens_at(self) -> str:
        """Host and port as they stand in an address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def holds_data(data_dir: Path) -> bool:
    """Whether a server of ours has kept something in this folder."""
    return (data_dir / "appendonlydir").is_dir()


def read_settings(environment: Mapping[str, str] | None = None, *, makes_key: bool = False) -> Settings:
    """The settings of this process. `makes_key`: it is one that begins an installation. Raises `SetupError`, naming the variable."""
    env = os.environ if environment is None else environment
    data_dir = Path(env.get("GUIDANCE_DATA") or "var")
    key_file = None if env.get("GUIDANCE_SECRET_KEY") else _key_file(env, data_dir)
    return Settings(
        data_dir=data_dir,
        redis_url=env.get("GUIDANCE_REDIS_URL") or None,
        secret_key=_secret_key(env, key_file, data_dir, makes_key=makes_key),
        key_file=key_file,
        host=(env.get("GUIDANCE_HOST") or "127.0.0.1").strip("[]"),
        port=_port(env, "GUIDANCE_PORT", 8710),
        public_url=_public_url(env),
        proxies=_count(env, "GUIDANCE_PROXIES"),
        zaf_sdk_url=_address(env, "GUIDANCE_ZAF_SDK_URL", ZENDESK_SDK),
        rules_dir=_folder(env, "GUIDANCE_RULES"),
        oidc=_oidc(env),
    )


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    given = env.get(name) or str(default)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise SetupError(f"{name} must be a port from 1 to 65535, not {given!r}")
    return int(given)


def _count(env: Mapping[str, str], name: str) -> int:
    given = env.get(name) or "0"
    if not given.isdecimal() or int(given) > MOST_PROXIES:
        raise SetupError(f"{name} must be a number from 0 to {MOST_PROXIES}, not {given!r}")
    return int(given)


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    given = (env.get(name) or default).strip().rstrip("/")
    parts = address_in(given)
    if given and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise SetupError(f"{name} must be an address that begins with https:// or http://, not {given!r}")
    return given


def _public_url(env: Mapping[str, str]) -> str:
    """Scheme, host and port: our doors begin at the root, and what else is written there would stand in every address we give."""
    given = _address(env, "GUIDANCE_PUBLIC_URL", "")
    if given and (not is_bare(given) or address_in(given).path):
        raise SetupError("GUIDANCE_PUBLIC_URL is scheme, host and port alone, as in https://guidance.example.com")
    return given


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    issuer = _address(env, "GUIDANCE_OIDC_ISSUER", "")
    if not issuer:
        return None
    parts = address_in(issuer)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise SetupError("GUIDANCE_OIDC_ISSUER must begin with https://")
    told = {name: env.get(f"GUIDANCE_OIDC_{name.upper()}", "") for name in ("client_id", "client_secret")}
    if missing := [name for name, value in told.items() if not value]:
        raise SetupError(f"GUIDANCE_OIDC_ISSUER is set, and GUIDANCE_OIDC_{missing[0].upper()} is missing")
    named = {"name": env["GUIDANCE_OIDC_NAME"]} if env.get("GUIDANCE_OIDC_NAME") else {}
    return Oidc(issuer=issuer, **told, **named)


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    folder = Path(env[name]) if env.get(name) else None
    if folder is not None and not folder.is_dir():
        raise SetupError(f"{name} names {folder}, which is no folder")
    return folder


def _key_file(env: Mapping[str, str], data_dir: Path) -> Path:
    """Where the key lies: beside, not inside, the data folder."""
    named, folder = env.get("GUIDANCE_KEY_FILE"), Path(os.path.abspath(data_dir))  # noqa: PTH100 - links stay as they are
    path = Path(named or folder.parent / f".{folder.name}.guidance-key")
    if path.resolve().is_relative_to(data_dir.resolve()):
        where = f"GUIDANCE_KEY_FILE names {path}, which lies" if named else f"the key would lie at {path},"
        otherwise = "" if named else "; GUIDANCE_KEY_FILE can name another place"
        raise SetupError(f"{where} in the data folder: a backup would hold both lock and key{otherwise}")
    return path


def _secret_key(env: Mapping[str, str], path: Path | None, data_dir: Path, *, makes_key: bool) -> bytes:
    """The key from the environment, else from its file; empty where there is none and none may be made."""
    if path is None:
        return _long_enough(env["GUIDANCE_SECRET_KEY"].encode(), "GUIDANCE_SECRET_KEY")
    try:
        if not path.exists():
            if not makes_key:
                return b""
            if not env.get("GUIDANCE_REDIS_URL") and holds_data(data_dir):
                raise _lost(path, data_dir)
            _make_key(path)
        return _long_enough(path.read_bytes().strip(), f"the key file {path}")
    except PermissionError as error:
        raise SetupError(
            f"the key file {path} can't be opened: run this as the user whom the service runs as"
        ) from error
    except OSError as error:
        raise SetupError(
            f"the key file {path} can't be used ({error.strerror}); GUIDANCE_KEY_FILE can name another"
        ) from error


def _lost(key_file: Path | None, data_dir: Path) -> SetupError:
    """A new key in the place of one that is gone would lock what is there without a word."""
    return SetupError(
        f"the key is missing at {key_file}, and {data_dir} holds data that was sealed with it: put it back; where it is lost for good, "
        f"make a new one as this user (umask 077; openssl rand -hex 32 > {key_file}), and run `guidance connect` again for each helpdesk"
    )


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < SHORTEST_KEY:
        raise SetupError(f"{where} needs at least {SHORTEST_KEY} characters")
    return key


def _make_key(path: Path) -> None:
    """Make a key under its final name in one step: another process either sees all of it or nothing."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secrets.token_urlsafe(32).encode())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
