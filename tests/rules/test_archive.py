import io
from zipfile import ZipFile

import pytest

from guidance.errors import MalformedError
from guidance.rules.archive import unpacked


def zip_of(files):
    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        for name, text in files:
            archive.writestr(name, text)
    return held.getvalue()


@pytest.mark.parametrize("files", [("ours/tone.yaml", "theirs/tone.yaml"), ("tone.yaml", "tone.yml")])
def test_two_files_that_would_have_one_name_are_refused_rather_than_one_of_them_lost(files):
    with pytest.raises(MalformedError, match="two files") as caught:
        unpacked("rules.zip", zip_of((name, "pack: tone") for name in files))
    assert caught.value.path == "tone.yaml"


@pytest.mark.parametrize("body", [b"\xef\xbb\xbfpack: tone\n", b"pack: tone\r\n", b"pack: tone\r"])
def test_a_file_comes_in_without_the_marks_of_the_program_that_wrote_it(body):
    assert unpacked("tone.yaml", body) == {"tone": "pack: tone\n"}
