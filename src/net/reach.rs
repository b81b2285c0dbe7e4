//! Which addresses are public, and names that lead to no others.

use std::{
    error::Error,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _},
};

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Finds the addresses of names. It is asked for each new connection, so that a name cannot change after a check.
pub(super) struct Resolver {
    /// Whether addresses that are not public are left out.
    pub(super) is_guarded: bool,
    /// The proxies that the user set: they may be anywhere, and it is they who resolve the other names.
    proxies: Vec<String>,
}

/// Why a name leads nowhere.
#[derive(Debug, thiserror::Error)]
pub(super) enum NameError {
    #[error("the name leads to no public address")]
    NotPublic,
    #[error("there is no such name")]
    NoSuchName(#[source] io::Error),
    #[error("cannot find the address of the name")]
    Unresolved(#[source] io::Error),
}

impl Resolver {
    pub(super) fn new(is_guarded: bool) -> Self {
        let matcher = Matcher::from_system();
        let proxy = |site: &str| {
            let found = matcher.intercept(&site.parse().ok()?)?;
            found.uri().host().map(str::to_ascii_lowercase)
        };
        let sites = ["http://example.org/", "https://example.org/"];
        Self { is_guarded, proxies: sites.into_iter().filter_map(proxy).collect() }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let is_guarded = self.is_guarded && !self.proxies.contains(&name.to_ascii_lowercase());
        Box::pin(async move {
            let found = addresses(&name).await.map_err(Box::new)?;
            let kept: Vec<_> = found.into_iter().filter(|ip| !is_guarded || is_public(*ip)).collect();
            if kept.is_empty() {
                return Err(Box::new(NameError::NotPublic) as _);
            }
            Ok(Box::new(kept.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

/// The addresses of a name.
pub(super) async fn addresses(name: &str) -> Result<Vec<IpAddr>, NameError> {
    let name = name.to_owned();
    let found = tokio::task::spawn_blocking(move || (name.as_str(), 0).to_socket_addrs());
    let found = found.await.unwrap_or_else(|cause| Err(io::Error::other(cause)));
    match found {
        Ok(found) => Ok(found.map(|address| address.ip()).collect()),
        Err(cause) if is_no_such_name(&cause) => Err(NameError::NoSuchName(cause)),
        Err(cause) => Err(NameError::Unresolved(cause)),
    }
}

/// The system says it in words only (glibc, musl, macOS), but for Windows.
fn is_no_such_name(cause: &io::Error) -> bool {
    const HOST_NOT_FOUND: i32 = 11_001;
    let words = cause.to_string();
    let is_said = ["Name or service not known", "Name does not resolve", "nodename nor servname provided"];
    is_said.iter().any(|said| words.contains(said)) || cfg!(windows) && cause.raw_os_error() == Some(HOST_NOT_FOUND)
}

/// The fault of a name among the causes of an error.
pub(super) fn name_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a NameError> {
    let mut causes = std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source());
    causes.find_map(|cause| cause.downcast_ref())
}

/// Whether anybody can reach an address, as far as the registries tell for
/// [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry/) and
/// [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry/).
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = match (a, b, c) {
        // This network; private; this computer; multicast, reserved, broadcast.
        (0 | 10 | 127 | 224.., ..) => true,
        // Behind the address of a provider; link-local; private.
        (100, 64..=127, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Protocol assignments; documentation; the old way to IPv6; measurements.
        (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) | (198, 18 | 19, _) => true,
        _ => false,
    };
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // IPv4 in another form: mapped, and behind translators.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments, with tunnels; documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All that is given to the public.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_everybody_is_not_public() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:192.0.2.1",
            "::127.0.0.1",
            "::8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "3fff::1",
            "4000::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.3.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2001:200::1",
            "2002:808:808::1",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }
}
