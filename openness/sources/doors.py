"""The ways out of the process for what a card links to: names, addresses that may be connected to, proxies of the user's."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; what is mapped or tunnelled is judged by what is inside."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # with a scope (fe80::1%eth0), or none at all
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def proxy_of(scheme: str, host: str) -> str | None:
    """The user's proxy for a host, by the environment or the system's settings."""
    from urllib.request import getproxies, proxy_bypass

    found = getproxies()
    proxy = found.get(scheme) or found.get("all")
    return None if not proxy or proxy_bypass(host) else proxy


@dataclass
class Doors:
    """The ways out of the process. Only tests give others, as an argument; nothing that a card reaches can."""

    resolve: Resolve = resolve
    public: Callable[[str], bool] = is_public
    port: int = 443
    context: Callable[[], ssl.SSLContext] = httpx.create_ssl_context
    sleep: Callable[[float], None] = time.sleep
    proxies: Callable[[str, str], str | None] = proxy_of
