"""Certificates as an administrator makes them with ``openssl``: an authority of their own, and what it signs for a server."""

import os
import shutil
import subprocess
from pathlib import Path


def installed() -> bool:
    """True where ``openssl`` is."""
    return shutil.which("openssl") is not None


class Authority:
    """Signs certificates; its own, which people are given, is :attr:`file`."""

    def __init__(self, folder: Path, name: str) -> None:
        """Made anew, good for ten days, in a folder that is made for it."""
        self._folder = folder
        folder.mkdir()
        self.file = folder / "ca.crt"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "10",
                 "-subj", f"/CN={name}", "-keyout", str(folder / "ca.key"), "-out", str(self.file))  # fmt: skip
        (folder / "index.txt").touch()
        (folder / "ca.cnf").write_text(
            f"[ca]\ndefault_ca = own\n[own]\ndatabase = {folder}/index.txt\nnew_certs_dir = {folder}\nrand_serial = yes\n"
            "default_md = sha256\npolicy = any\nunique_subject = no\ncopy_extensions = copy\n[any]\ncommonName = supplied\n"
        )

    def sign(self, name: str, *known_as: str, until: str = "20991231235959Z") -> tuple[Path, Path]:
        """A certificate and its key for a server known as these (``DNS:…``, ``IP:…``); ``until``: when it ends."""
        key, asked, signed = (self._folder / f"{name}.{kind}" for kind in ("key", "csr", "crt"))
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
                 "-addext", f"subjectAltName={','.join(known_as)}", "-keyout", str(key), "-out", str(asked))  # fmt: skip
        _openssl("ca", "-batch", "-notext", "-config", str(self._folder / "ca.cnf"), "-cert", str(self.file),
                 "-keyfile", str(self._folder / "ca.key"), "-startdate", "20200101000000Z", "-enddate", until,
                 "-in", str(asked), "-out", str(signed))  # fmt: skip
        return signed, key


def give_to(folder: Path, certificate: Path, key: Path) -> None:
    """Put a certificate and its key where a server finds them, which reads a key that nobody else may read."""
    for source, name in ((certificate, "server.crt"), (key, "server.key")):
        (folder / name).write_bytes(source.read_bytes())
        (folder / name).chmod(0o600)
        if os.getuid() == 0:
            shutil.chown(folder / name, "postgres", "postgres")


def _openssl(*order: str) -> None:
    subprocess.run(["openssl", *order], check=True, capture_output=True)
