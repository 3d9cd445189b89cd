"""Certificates for tests: one authority, and whatever it vouches for."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from linkwell.hospital.line.server import tls_context


class Authority:
    """Writes PEM files into a folder: its own certificate, and pairs of certificate and key that it signed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key, self._name = (
            folder,
            ec.generate_private_key(ec.SECP256R1()),
            _named("Wexcombe authority"),
        )
        self.path = folder / "authority.pem"
        self.path.write_bytes(self._certificate(self._name, self._key, authority=True))

    def pair(self, name: str) -> Path:
        """One file with the certificate of this name and its key."""
        key, path = ec.generate_private_key(ec.SECP256R1()), self._folder / f"{name}.pem"
        plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(self._certificate(_named(name), key, authority=False) + key.private_bytes(*plain))
        return path

    def _certificate(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *, authority: bool) -> bytes:
        now = dt.datetime.now(dt.UTC)
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        made = (
            x509.CertificateBuilder(self._name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(here, critical=False)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        return made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def line_with_tls(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext, ssl.SSLContext]:
    """What the line listens with, what a sender with a certificate calls with, and what one without."""
    authority = Authority(folder)
    listening = tls_context(str(authority.pair("line")), None, str(authority.path))
    known, stranger = (ssl.create_default_context(cafile=str(authority.path)) for _ in range(2))
    known.load_cert_chain(authority.pair("sender"))
    return listening, known, stranger
