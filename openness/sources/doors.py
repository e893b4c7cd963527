"""The ways out of the process when a link is followed: name resolution, public addresses, certificates, the user's proxies."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises OSError."""
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; a mapped or tunnelled address is judged by the address inside."""
    import ipaddress

    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # an address with a scope (fe80::1%eth0), or no address
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        tunnelled = ip in ipaddress.ip_network("64:ff9b::/96")  # NAT64, RFC 6052
        inner = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if tunnelled else None)
        if inner is not None:
            return is_public(str(inner))
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def proxy_of(scheme: str, host: str) -> str | None:
    """The user's proxy for a host, from the environment or the system's settings; None where there is none."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    return None if not proxy or proxy_bypass(host) else proxy


def certificates() -> ssl.SSLContext:
    """A context that trusts the usual authorities."""
    import httpx

    return httpx.create_ssl_context()


@dataclass
class Doors:
    """The ways out of the process. Only tests pass others; nothing that a card says can change them."""

    resolve: Resolve = resolve
    public: Callable[[str], bool] = is_public
    port: int = 443
    context: Callable[[], ssl.SSLContext] = certificates
    sleep: Callable[[float], None] = time.sleep
    proxies: Callable[[str, str], str | None] = proxy_of
