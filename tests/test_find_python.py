"""Which Python the environment is made with: the script's choice among made-up ones."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "find-python"

pytestmark = pytest.mark.skipif(not shutil.which("awk"), reason="no awk, which the script needs")


def found(folder: Path, **pythons: str) -> str:
    """Return the script's choice where each of ``pythons`` says that of itself; "" fails."""
    for name, says in pythons.items():
        python = folder / name.replace("_", ".")
        python.write_text(f"#!/bin/sh\necho '{says}'\n" if says else "#!/bin/sh\nexit 1\n")
        python.chmod(0o755)
    awk = shutil.which("awk")
    assert awk
    (folder / "awk").symlink_to(awk)
    ran = subprocess.run(
        ["/bin/sh", SCRIPT], env={"PATH": f"{folder}:/nowhere"}, capture_output=True, check=True
    )
    assert ran.stderr == b""
    return ran.stdout.decode().strip()


def test_the_newest_is_taken_of_those_that_are_about_as_fast(tmp_path: Path) -> None:
    newest, older = "0.010 /of/python3.13", "0.0085 /of/python3.12"
    assert found(tmp_path, python3_12=older, python3_13=newest) == "/of/python3.13"


def test_an_older_one_goes_before_it_that_is_a_quarter_faster(tmp_path: Path) -> None:
    pythons = {"python3_13": "0.010 /slow/3.13", "python3_11": "0.006 /with a space/3.11"}
    assert found(tmp_path, **pythons) == "/with a space/3.11"


def test_one_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    assert found(tmp_path, python3_13="", python3="0.010 /of/python3") == "/of/python3"


def test_nothing_is_said_where_none_fits(tmp_path: Path) -> None:
    assert found(tmp_path, python3_13="") == ""
