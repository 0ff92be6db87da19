"""Roughly how common a byte is in text of lower case."""

_LISTED = {
    **dict.fromkeys(b"\n ", 150),
    **{letter: 12 - index // 3 for index, letter in enumerate(b"etaoinsrhldcumfpgwybvk")},
    **dict.fromkeys(b"0123456789.,:;/-_\"'()[]{}\\=", 6),
    **dict.fromkeys(b"012", 14),
    **dict.fromkeys(b"jqxz", 1),
}

COMMONNESS = bytes(_LISTED.get(byte, 2) for byte in range(256))
"""For each byte, how often it stands in a thousand of prose, code, JSON and logs."""
