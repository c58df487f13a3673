"""The CMS of a time-stamp token: who signed it, and whether that is right (RFC 5652, 5.6; RFC 3161, 2.3)."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from documents.timestamps.errors import WrongTimestamp

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def verified(token: cms.ContentInfo) -> tsp.TSTInfo:
    """The TSTInfo of a token whose one signature is right. Raises WrongTimestamp, or what asn1crypto raises."""
    data = signed_data(token)
    info = info_of(token)
    if len(data["signer_infos"]) != 1:
        raise WrongTimestamp(f"{len(data['signer_infos'])} signatures")
    signer = data["signer_infos"][0]
    certificate = signer_of(data)
    if certificate is None:
        raise WrongTimestamp("its certificate is missing")
    signed = b"\x31" + signer["signed_attrs"].dump()[1:]  # as a SET OF, and as it came (RFC 5652, 5.4)
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    _expect_content(attributes, signer, bytes(data["encap_content_info"]["content"]))
    _expect_named(attributes, certificate)
    _expect_purpose(certificate, info["gen_time"].native)
    _expect_signature(signer, signed, certificate)
    return info


def signed_data(token: cms.ContentInfo) -> cms.SignedData:
    """The SignedData of a token. Raises WrongTimestamp."""
    if token["content_type"].native != "signed_data":
        raise WrongTimestamp("not signed data")
    data: cms.SignedData = token["content"]
    return data


def info_of(token: cms.ContentInfo) -> tsp.TSTInfo:
    """What a token says, whoever signed it. Raises WrongTimestamp."""
    encapsulated = signed_data(token)["encap_content_info"]
    if encapsulated["content_type"].native != "tst_info":
        raise WrongTimestamp("not a time stamp")
    info: tsp.TSTInfo = tsp.TSTInfo.load(bytes(encapsulated["content"]), strict=True)
    return info


def certificates(data: cms.SignedData) -> list[asn1.Certificate]:
    """The certificates in a SignedData."""
    return [one.chosen for one in data["certificates"] or () if one.name == "certificate"]


def signer_of(data: cms.SignedData) -> asn1.Certificate | None:
    """The certificate its first signer is named by, if it is there (RFC 5652, 5.3)."""
    wanted = data["signer_infos"][0]["sid"]
    for certificate in certificates(data):
        if wanted.name == "subject_key_identifier":
            found = certificate.key_identifier == wanted.chosen.native
        else:
            named = wanted.chosen
            found = certificate.serial_number == named["serial_number"].native
            found = found and certificate.issuer == named["issuer"]
        if found:
            return certificate
    return None


def _expect_content(attributes: Mapping[str, Any], signer: cms.SignerInfo, content: bytes) -> None:
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in DIGESTS:
        raise WrongTimestamp(f"signed with {algorithm}")
    if attributes["content_type"][0].native != "tst_info":
        raise WrongTimestamp("signed as something else")
    if attributes["message_digest"][0].native != hashlib.new(algorithm, content).digest():
        raise WrongTimestamp("its content is not what was signed")


def _expect_named(attributes: Mapping[str, Any], certificate: asn1.Certificate) -> None:
    """The signed attributes name the certificate, by SHA-1 (RFC 3161) or better (RFC 5816, 2.2.1)."""
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"][0]["certs"][0]
        algorithm = named["hash_algorithm"]["algorithm"].native
    else:
        named, algorithm = attributes["signing_certificate"][0]["certs"][0], "sha1"
    if named["cert_hash"].native != hashlib.new(algorithm, certificate.dump()).digest():
        raise WrongTimestamp("signed with another certificate")


def _expect_purpose(certificate: asn1.Certificate, at: datetime) -> None:
    """The one purpose of the certificate is to make time stamps, and it was valid then (RFC 3161, 2.3)."""
    parsed = x509.load_der_x509_certificate(certificate.dump())
    try:
        usage = parsed.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound as error:
        raise WrongTimestamp("its certificate is not made for time stamps") from error
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise WrongTimestamp("its certificate is not made for time stamps alone")
    if not parsed.not_valid_before_utc <= at <= parsed.not_valid_after_utc:
        raise WrongTimestamp("its certificate was not valid then")


def _expect_signature(signer: cms.SignerInfo, signed: bytes, certificate: asn1.Certificate) -> None:
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    value = signer["signature"].native
    try:
        match key, signer["signature_algorithm"].signature_algo:
            case ec.EllipticCurvePublicKey(), "ecdsa":
                key.verify(value, signed, ec.ECDSA(_digest(signer)))
            case rsa.RSAPublicKey(), "rsassa_pkcs1v15":
                key.verify(value, signed, padding.PKCS1v15(), _digest(signer))
            case rsa.RSAPublicKey(), "rsassa_pss":
                chosen = _digest(signer)
                key.verify(value, signed, padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO), chosen)
            case _, other:
                raise WrongTimestamp(f"signed with {other}")
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise WrongTimestamp("its signature is wrong") from error


def _digest(signer: cms.SignerInfo) -> hashes.HashAlgorithm:
    """The digest of the signature; RSA is often declared without one, then it is that of the content."""
    algorithm = signer["signature_algorithm"]
    bare = algorithm["algorithm"].native in ("rsassa_pkcs1v15", "ecdsa")
    name = signer["digest_algorithm"]["algorithm"].native if bare else algorithm.hash_algo
    if name not in DIGESTS:
        raise WrongTimestamp(f"signed with {name}")
    return DIGESTS[name]
