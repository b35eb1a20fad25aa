"""Production settings pass Django's own checks for a deployment, without a single warning."""

from tests.operations.site import run
from tests.operations.test_refusals import KEY


def test_deployment_checks_are_clean() -> None:
    done = run(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        FACTCHECK_ENV="production",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="facts.example.org",
        DATABASE_URL="postgresql://checker@db.example.org/facts",
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("System check identified no issues")
