"""What the tests share: one taxonomy, one analyzer, one way to run the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skillgap.analyzer import Analyzer
from skillgap.taxonomy import Taxonomy, load_taxonomy

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on the working material run only where it lies beside the checkout."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="the working material is not beside this checkout")
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture(scope="session")
def analyzer(taxonomy: Taxonomy) -> Analyzer:
    return Analyzer(taxonomy)


class Cli:
    """Runs commands the way ``main`` does: our errors become a message and an exit code."""

    def __call__(self, *args: str, stdin: str | bytes | None = None) -> Result:
        import skillgap.cli as cli_module
        from skillgap.errors import SkillgapError

        result = CliRunner().invoke(cli_module.cli, list(args), input=stdin)
        if isinstance(result.exception, SkillgapError):
            result.exit_code = result.exception.exit_code
            result.message = str(result.exception)
        elif result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result


@pytest.fixture(scope="session")
def cli() -> Cli:
    return Cli()


@pytest.fixture(scope="session")
def sample_ads() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "samples" / "ads").glob("*.txt"))}
