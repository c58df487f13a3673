"""Files that people signed elsewhere, with pyHanko as their signing software."""

import asyncio
import io
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.documents.authority import Signer


def approve(
    source: Path,
    signer: Signer,
    name: str = "Stranger",
    box: tuple[int, int, int, int] | None = None,
    lock: FieldMDPSpec | None = None,
    **more: Any,
) -> Path:
    """The file with an approval signature in a new field, visible if it has a box."""
    return _sign(source, signer, SigFieldSpec(name, box=box, field_mdp_spec=lock), **more)


def certify(source: Path, signer: Signer, level: int) -> Path:
    """The file with a certification signature of this DocMDP level."""
    return _sign(source, signer, SigFieldSpec("Certified"), certify=True, docmdp_permissions=MDPPerm(level))


def lock_all(source: Path, signer: Signer) -> Path:
    """The file with a signature that locks every field."""
    return approve(source, signer, lock=FieldMDPSpec(FieldMDPAction.ALL))


def _sign(source: Path, signer: Signer, spec: SigFieldSpec, **more: Any) -> Path:
    values = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256", **more}
    meta = signers.PdfSignatureMetadata(field_name=spec.sig_field_name, **values)
    writer = IncrementalPdfFileWriter(io.BytesIO(source.read_bytes()))
    fields.append_signature_field(writer, spec)
    made = asyncio.run(signers.PdfSigner(meta, _signer(signer)).async_sign_pdf(writer))
    target = source.with_name(f"{source.stem}+{spec.sig_field_name}.pdf")
    target.write_bytes(made.getvalue())
    return target


def _signer(signer: Signer) -> signers.SimpleSigner:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = signer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = [x509.Certificate.load(one) for one in signer.chain]
    store = SimpleCertificateStore.from_certs(chain)
    return signers.SimpleSigner(signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(key), cert_registry=store)
