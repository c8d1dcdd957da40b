"""Settings from the environment: what they default to, and errors that name the variable."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from guidance.errors import SetupError
from guidance.serve import check_address
from guidance.settings import ZENDESK_SDK, read_settings
from guidance.store import connect

GIVEN = {"GUIDANCE_SECRET_KEY": "a key for tests only"}


def test_the_defaults_listen_on_this_machine_only():
    settings = read_settings(GIVEN)
    assert (settings.host, settings.port, settings.url) == ("127.0.0.1", 8710, "http://127.0.0.1:8710")
    assert settings.data_dir == Path("var")
    assert settings.redis_url is None
    assert settings.zaf_sdk_url == ZENDESK_SDK


def test_what_is_given_is_taken(tmp_path):
    told = {
        **GIVEN,
        "GUIDANCE_DATA": str(tmp_path),
        "GUIDANCE_REDIS_URL": "redis://redis:6379/1",
        "GUIDANCE_HOST": "0.0.0.0",
        "GUIDANCE_PORT": "80",
        "GUIDANCE_PUBLIC_URL": " https://guidance.acme.example/ ",
        "GUIDANCE_RULES": str(tmp_path),
    }
    settings = read_settings(told)
    assert settings.url == "https://guidance.acme.example"
    assert (settings.host, settings.port, settings.rules_dir) == ("0.0.0.0", 80, tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUIDANCE_PORT", "http"),
        ("GUIDANCE_PORT", "0"),
        ("GUIDANCE_PORT", "65536"),
        ("GUIDANCE_PORT", "-1"),
        ("GUIDANCE_PUBLIC_URL", "guidance.acme.example"),
        ("GUIDANCE_PUBLIC_URL", "ftp://guidance.acme.example"),
        ("GUIDANCE_PUBLIC_URL", "https://[guidance.acme.example"),
        ("GUIDANCE_PUBLIC_URL", "https://guidance.acme.example:port"),
        ("GUIDANCE_PUBLIC_URL", "https://a b"),
        ("GUIDANCE_PUBLIC_URL", "https://user:pw@x.example"),
        ("GUIDANCE_PUBLIC_URL", "https://x.example/path"),
        ("GUIDANCE_PUBLIC_URL", "https://x.example?q=1"),
        ("GUIDANCE_PUBLIC_URL", "https://x.example#f"),
        ("GUIDANCE_ZAF_SDK_URL", "javascript:alert(1)"),
        ("GUIDANCE_PROXIES", "yes"),
        ("GUIDANCE_PROXIES", "10"),
        ("GUIDANCE_RULES", "/nowhere/at/all"),
        ("GUIDANCE_SECRET_KEY", "short"),
        ("GUIDANCE_KEY_FILE", "var/key"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_the_variable(name, value):
    told = {"GUIDANCE_PORT": "8710", **({} if name == "GUIDANCE_KEY_FILE" else GIVEN), name: value}
    with pytest.raises(SetupError, match=name) as raised:
        read_settings(told)
    assert "\n" not in str(raised.value)
    assert "user:pw" not in str(raised.value)


def test_a_key_is_made_beside_the_data_for_its_owner_only(tmp_path):
    told = {"GUIDANCE_DATA": str(tmp_path / "data")}
    first, second = read_settings(told, makes_key=True), read_settings(told)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    (path,) = [one for one in tmp_path.iterdir() if one.is_file()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_that_is_too_short_is_refused(tmp_path):
    (tmp_path / "key").write_text("abc\n")
    with pytest.raises(SetupError, match="at least 16"):
        read_settings({"GUIDANCE_DATA": str(tmp_path / "data"), "GUIDANCE_KEY_FILE": str(tmp_path / "key")})


def test_a_key_file_that_can_not_be_made_says_what_to_set(tmp_path):
    told = {"GUIDANCE_DATA": str(tmp_path / "data"), "GUIDANCE_KEY_FILE": str(tmp_path / "missing" / "key")}
    with pytest.raises(SetupError, match="GUIDANCE_KEY_FILE can name another"):
        read_settings(told, makes_key=True)


def test_no_command_but_one_that_begins_an_installation_makes_a_key(tmp_path):
    settings = read_settings({"GUIDANCE_DATA": str(tmp_path / "data")})
    with pytest.raises(SetupError, match=r"there is no key at .*: `guidance serve` makes it at its first start"):
        settings.check_key()
    assert list(tmp_path.iterdir()) == []


def test_no_new_key_takes_the_place_of_one_that_is_gone(tmp_path):
    told = {"GUIDANCE_DATA": str(tmp_path / "data")}
    (tmp_path / "data" / "appendonlydir").mkdir(parents=True)
    with pytest.raises(SetupError, match="the key is missing at .*put it back; where it is lost for good"):
        read_settings(told, makes_key=True)
    with pytest.raises(SetupError, match="the key is missing"):
        read_settings(told).check_key()
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_key_of_somebody_else_says_whom_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr(
        Path, "read_bytes", lambda _path: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    (tmp_path / "key").write_text("0123456789abcdef")
    with pytest.raises(SetupError, match="run this as the user whom the service runs as"):
        read_settings({"GUIDANCE_DATA": str(tmp_path / "data"), "GUIDANCE_KEY_FILE": str(tmp_path / "key")})


def test_the_key_is_not_shown_where_settings_are_printed():
    assert "a key for tests only" not in repr(read_settings(GIVEN))


def test_the_key_of_the_folder_one_stands_in_lies_beside_that_folder(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert len(read_settings({"GUIDANCE_DATA": "."}, makes_key=True).secret_key) > 16
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [".kept.guidance-key"]


def test_a_data_folder_with_nothing_beside_it_is_told_with_what_to_set():
    with pytest.raises(SetupError, match="the key would lie at .* in the data folder.*GUIDANCE_KEY_FILE can name"):
        read_settings({"GUIDANCE_DATA": "/"})


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_address_of_six_is_listened_on_and_told_in_brackets(host):
    settings = read_settings({**GIVEN, "GUIDANCE_HOST": host, "GUIDANCE_PORT": "18710"})
    assert (settings.host, settings.url) == ("::1", "http://[::1]:18710")
    check_address(settings)
    with (
        socket.create_server(("::1", 18710), family=socket.AF_INET6),
        pytest.raises(SetupError, match=r"\[::1\]:18710"),
    ):
        check_address(settings)


def test_a_password_of_a_sentinel_s_address_may_hold_any_sign(monkeypatch):
    asked = []
    monkeypatch.setattr(connect.Sentinel, "master_for", lambda _self, name, **told: asked.append((name, told)))
    connect.connect("redis+sentinel://:p%40ss%2F1@10.0.0.1:26379/main")
    assert [(name, told["password"]) for name, told in asked] == [("main", "p@ss/1")]
