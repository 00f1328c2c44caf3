import base64
import hashlib
import json
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from shared.signing import ReceiptSigner, SignatureInvalid, UnfitKey, commitment, verify

PAYLOAD = {"receipt_number": "KCN-2025-D-7F3K-9QX2", "bound_ms": 3}


@pytest.fixture
def signer() -> ReceiptSigner:
    return ReceiptSigner.generate()


class TestReceiptSigner:
    def test_signs_what_its_public_keys_verify(self, signer: ReceiptSigner) -> None:
        assert verify(signer.sign(PAYLOAD), signer.public_jwks) == PAYLOAD

    def test_gives_the_same_bytes_for_the_same_payload_in_another_order(self, signer: ReceiptSigner) -> None:
        assert signer.sign(PAYLOAD) == signer.sign(dict(reversed(PAYLOAD.items())))

    def test_publishes_no_private_part(self, signer: ReceiptSigner) -> None:
        (key,) = signer.public_jwks["keys"]
        assert "d" not in key
        assert key["kid"] == signer.key_id

    def test_is_the_same_signer_when_read_from_its_file(self, signer: ReceiptSigner, tmp_path: Path) -> None:
        path = tmp_path / "key.json"
        path.write_text(json.dumps(signer.private_jwk))
        again = ReceiptSigner.from_jwk_file(path)
        assert again.sign(PAYLOAD) == signer.sign(PAYLOAD)

    def test_refuses_a_file_without_a_private_ed25519_key(
        self, signer: ReceiptSigner, tmp_path: Path
    ) -> None:
        contents = (
            "no json",
            "[]",
            json.dumps(signer.public_jwks["keys"][0]),
            json.dumps(ECKey.generate_key("P-256").as_dict(private=True)),
        )
        for content in contents:
            path = tmp_path / "key.json"
            path.write_text(content)
            with pytest.raises(UnfitKey):
                ReceiptSigner.from_jwk_file(path)


class TestVerify:
    def test_refuses_a_changed_payload(self, signer: ReceiptSigner) -> None:
        header, _, signature = signer.sign(PAYLOAD).split(".")
        other = base64.urlsafe_b64encode(b'{"bound_ms":0}').rstrip(b"=").decode()
        with pytest.raises(SignatureInvalid):
            verify(f"{header}.{other}.{signature}", signer.public_jwks)

    def test_refuses_another_signers_receipt(self, signer: ReceiptSigner) -> None:
        with pytest.raises(SignatureInvalid):
            verify(ReceiptSigner.generate().sign(PAYLOAD), signer.public_jwks)

    def test_refuses_a_signature_made_with_the_public_key_as_a_secret(self, signer: ReceiptSigner) -> None:
        secret = OctKey.import_key(signer.public_jwks["keys"][0]["x"] * 2)
        header = {"alg": "HS256", "kid": signer.key_id}
        forged = jws.serialize_compact(header, json.dumps(PAYLOAD), secret, algorithms=["HS256"])
        with pytest.raises(SignatureInvalid):
            verify(forged, signer.public_jwks)

    @pytest.mark.parametrize("garbage", ["", "a.b", "a.b.c", "é.é.é"])
    def test_refuses_garbage(self, signer: ReceiptSigner, garbage: str) -> None:
        with pytest.raises(SignatureInvalid):
            verify(garbage, signer.public_jwks)


class TestCommitment:
    def test_is_sha256_over_salt_and_value(self) -> None:
        salt = bytes(range(32))
        assert commitment(salt, b"value") == hashlib.sha256(salt + b"value").hexdigest()

    def test_refuses_a_salt_of_another_length_because_the_border_could_move(self) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            commitment(b"short", b"value")
