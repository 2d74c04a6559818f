"""Why a server's certificate was not taken: the driver says only that it was not."""

import socket
import ssl
import struct
from enum import Enum, auto

#: The number with which a program asks a PostgreSQL server to go on encrypted, and what it answers when it does.
_GO_ON_ENCRYPTED, _YES = struct.pack("!ii", 8, 80_877_103), b"S"
#: OpenSSL's numbers for a certificate that has ended, and one that has not begun.
_NOT_TODAY = (10, 9)
_SECONDS = 5


class Why(Enum):
    """What is wrong with a certificate. ``ANOTHER``: whoever signed it is not in the file of certificates."""

    NOT_TODAY = auto()
    ANOTHER = auto()


def why_refused(host: str, port: int, authorities: str) -> Why:
    """Look at the certificate of a server once more; ``authorities``: the file of those who may have signed it."""
    try:
        context = ssl.create_default_context(cafile=authorities)
        with socket.create_connection((host, port), timeout=_SECONDS) as line:
            line.sendall(_GO_ON_ENCRYPTED)
            if line.recv(1) == _YES:
                with context.wrap_socket(line, server_hostname=host):
                    pass
    except ssl.SSLCertVerificationError as error:
        return Why.NOT_TODAY if error.verify_code in _NOT_TODAY else Why.ANOTHER
    except OSError:  # it is gone meanwhile
        pass
    return Why.ANOTHER
