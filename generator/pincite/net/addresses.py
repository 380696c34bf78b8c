"""Which addresses a fetch may connect to: those of the public internet, and no others.

Every address a name resolves to is judged, and the judged address itself is connected to, so that a
name cannot mean one thing when it is checked and another when it is used.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_IPV4_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, deprecated, and still routed by some systems


class Endpoint(NamedTuple):
    """A resolved address, ready for ``socket.connect``."""

    family: int
    address: tuple[str | int | bytes, ...]


def resolve(host: str, port: int) -> tuple[Endpoint, ...]:
    """Return where *host* is, in the resolver's order. Raises OSError when it is nowhere."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    endpoints = (Endpoint(family, address) for family, _, _, _, address in found)
    return tuple(dict.fromkeys(endpoints))


def is_public(address: str) -> bool:
    """Say whether *address* (IPv4 or IPv6, a zone is ignored) belongs to the public internet.

    An IPv6 address that carries an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64) is as public
    as that is.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_global, (parsed, *_carried(parsed))))


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True  # what it carries is judged
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _carried(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _IPV4_COMPATIBLE:
        found.append(IPv4Address(address.packed[-4:]))
    return tuple(one for one in found if one is not None)
