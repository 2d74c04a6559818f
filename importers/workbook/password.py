"""Opening password-protected workbooks: .xlsx in an encrypted OLE wrapping, and .xls (RC4 and XOR)."""

import io

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

from importers.workbook import biff, definitions
from importers.workbook.refusals import Refusal

#: what Excel itself uses for workbooks that are protected against writing only: nobody ever typed it
_EXCELS_OWN = "VelvetSweatshop"


def decrypt(data: bytes, password: str | None) -> bytes:
    """The workbook inside. Refusal "password-needed", "password-wrong" or "password-unsupported".

    How it is encrypted may be said in XML, which the library reads as it is: Refusal "entities" as for all other XML.
    """
    definitions.check(biff.encryption_xml(data))
    for attempt in (_EXCELS_OWN, password):
        if attempt and (opened := _attempt(data, attempt)) is not None:
            return opened
    raise Refusal("password-wrong" if password else "password-needed")


def _attempt(data: bytes, password: str) -> bytes | None:
    """The decrypted bytes, or None when the password is wrong."""
    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if office.format == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
        office.decrypt(opened)
    except InvalidKeyError:
        return None
    except (DecryptionError, NotImplementedError) as error:
        raise Refusal("password-unsupported") from error
    except Exception as error:  # damaged encryption headers raise struct, OLE, value and parse errors
        raise Refusal("damaged") from error
    return opened.getvalue()
