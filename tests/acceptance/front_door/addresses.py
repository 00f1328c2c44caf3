"""Where the guides and READMEs find a running stack: what they read from the environment."""

from tests.stack import RunningStack


def addresses(stack: RunningStack) -> dict[str, str]:
    """Origin, issuer and bus of the stack."""
    return {
        "KCITY_ORIGIN": stack.front_door,
        "KCITY_ISSUER": stack.stack.issuer_url,
        "KCITY_BOOTSTRAP": stack.stack.bus_environment()["KCITY_KAFKA_BOOTSTRAP"],
    }
