//! Who may do what: which hosts the server answers to, who may write, and what browsers may do with pages.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
    middleware::Next,
};

use super::{problem::Problem, request::Parts, state::State};

/// What a page may do: show and ask what comes from this server, and nothing else
/// ([Content Security Policy](https://www.w3.org/TR/CSP3/)).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a picture may do that is opened by itself: be drawn, with the styles that are written in it.
const POLICY_OF_PICTURES: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
/// The longest address that is looked at.
const LONGEST_ADDRESS: usize = 32 << 10;

/// Refuses what is not meant for this server, and adds to every answer what browsers must know.
pub(super) async fn guard(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response<Body> {
    let mut response = match check(&state, &Parts::of(&request)) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.text(),
    };
    protect(response.headers_mut());
    response
}

fn check(state: &State, parts: &Parts) -> Result<(), Problem> {
    if parts.uri.to_string().len() > LONGEST_ADDRESS {
        let hint = "send long queries by POST";
        return Err(Problem::new(StatusCode::URI_TOO_LONG, "the address is too long", hint));
    }
    check_host(state, parts)?;
    let is_known =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS].contains(&parts.method);
    if is_known {
        return Ok(());
    }
    let what = format!("the method {} is not served", parts.method);
    Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, what, "use GET").with("allow", "GET, HEAD, POST, OPTIONS"))
}

/// On a loopback address only what is called so is answered: a page from elsewhere whose name was made to lead here
/// (DNS rebinding) names its own host.
fn check_host(state: &State, parts: &Parts) -> Result<(), Problem> {
    let hosts: Vec<&HeaderValue> = parts.headers.get_all(header::HOST).iter().collect();
    let named = match (hosts.as_slice(), parts.uri.authority()) {
        ([], None) => return Err(Problem::bad("the request has no Host", "say which server is meant")),
        ([_, _, ..], _) => return Err(Problem::bad("the request has more than one Host", "send one")),
        // It goes before the header (RFC 9112, 3.2.2).
        (_, Some(authority)) => authority.as_str().to_owned(),
        ([host], None) => host.to_str().unwrap_or_default().to_owned(),
    };
    let host = without_port(&named).to_ascii_lowercase();
    if !is_name(&host) {
        return Err(Problem::bad(
            "the Host is no name of a host",
            "write a name or an address, with a port or without",
        ));
    }
    let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&host.as_str())
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_named = state.options.hosts.iter().any(|name| name.eq_ignore_ascii_case(&host));
    let is_open = !state.options.address.ip().is_loopback() && state.options.hosts.is_empty();
    if is_here || is_named || is_open {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "this server does not answer to that name",
        "call it 127.0.0.1 or localhost; or whoever runs it can add a name with --host",
    ))
}

/// Whether a text can be the name or the address of a host; it is written into answers.
fn is_name(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match bare {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    }
}

/// `[::1]:80` as `[::1]`, `localhost:80` as `localhost`.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a request may change something: the server must allow it, the token must be right, and no page from elsewhere
/// may be behind it.
pub(super) fn may_write(state: &State, parts: &Parts) -> Result<(), Problem> {
    let Some(token) = &state.options.token else { return Err(Problem::read_only()) };
    if let Some(origin) = parts.header(header::ORIGIN) {
        let is_ours = origin == parts.origin() || state.options.cors.contains(&origin);
        if !is_ours {
            let what = "a page from elsewhere may not change anything";
            return Err(Problem::new(StatusCode::FORBIDDEN, what, "allow its origin with --cors"));
        }
    }
    let given = parts.header(header::AUTHORIZATION).unwrap_or_default();
    let is_right = given
        .split_once(' ')
        .is_some_and(|(scheme, secret)| scheme.eq_ignore_ascii_case("bearer") && token.is(secret.trim()));
    if is_right {
        return Ok(());
    }
    let what = "changes need the token";
    let hint = "send it as Authorization: Bearer TOKEN";
    Err(Problem::new(StatusCode::UNAUTHORIZED, what, hint).with("www-authenticate", "Bearer"))
}

fn protect(headers: &mut HeaderMap) {
    let is_picture = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"image/svg"));
    let policy = if is_picture { POLICY_OF_PICTURES } else { POLICY };
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
}
