use super::Token;
use crate::id::WebUrl;

/// A request that is not kept under its own address.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// The address, without secrets.
    pub url: WebUrl,
    /// The form of the answer.
    pub accept: Option<&'static str>,
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    secrets: Vec<Secret>,
}

/// What is asked of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// What is there.
    Get,
    /// Whether something is there.
    Head,
    /// What belongs to a list of names. It must read only, as it may be sent more than once.
    Post {
        /// The list.
        body: Vec<u8>,
        /// Its form.
        content_type: &'static str,
    },
}

/// A token, and where the service looks for it.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) place: Place,
    pub(super) name: &'static str,
    pub(super) token: Token,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Header,
    Query,
}

impl Request {
    /// Asks what is at an address.
    #[must_use]
    pub fn get(url: WebUrl) -> Self {
        Self { method: Method::Get, url, accept: None, headers: Vec::new(), secrets: Vec::new() }
    }

    /// Sends a list of names as JSON, and asks what belongs to them.
    #[must_use]
    pub fn post_json(url: WebUrl, body: Vec<u8>) -> Self {
        Self { method: Method::Post { body, content_type: "application/json" }, ..Self::get(url) }
    }

    /// Asks for a form of the answer, such as `application/json`.
    #[must_use]
    pub fn accepting(self, form: &'static str) -> Self {
        Self { accept: Some(form), ..self }
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Adds a header that is shown nowhere, and goes to the host of this address only.
    #[must_use]
    pub fn with_secret(self, name: &'static str, token: &Token) -> Self {
        self.with_token(Place::Header, name, token)
    }

    /// Adds a parameter to the query when it is sent: no error, no answer and no cache shows it, and it goes to the host
    /// of this address only.
    #[must_use]
    pub fn secret_query(self, name: &'static str, token: &Token) -> Self {
        self.with_token(Place::Query, name, token)
    }

    fn with_token(mut self, place: Place, name: &'static str, token: &Token) -> Self {
        self.secrets.push(Secret { place, name, token: token.clone() });
        self
    }

    pub(super) fn secrets(&self, place: Place) -> impl Iterator<Item = (&'static str, &str)> {
        let wanted = self.secrets.iter().filter(move |secret| secret.place == place);
        wanted.map(|secret| (secret.name, secret.token.secret()))
    }

    pub(super) fn has_header(&self, wanted: &str) -> bool {
        let names = self.headers.iter().map(|(name, _)| *name).chain(self.secrets(Place::Header).map(|(name, _)| name));
        names.into_iter().any(|name| name.eq_ignore_ascii_case(wanted))
    }

    /// A text of a server's without the secrets that it repeats.
    pub(super) fn censor(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, Secret { token, .. }| {
            let plain = token.secret();
            text.replace(plain, "***").replace(&encoded(plain), "***")
        })
    }

    /// The target of a redirect without the secret parameters that a server repeats in it.
    pub(super) fn without_secrets(&self, target: &str) -> String {
        let (start, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
        let Some((page, query)) = start.split_once('?') else { return target.to_owned() };
        let is_secret = |parameter: &&str| {
            let name = parameter.split('=').next().unwrap_or_default();
            self.secrets(Place::Query).any(|(secret, _)| name == secret)
        };
        let query: Vec<&str> = query.split('&').filter(|parameter| !is_secret(parameter)).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{page}{mark}{}{fragment}", query.join("&"))
    }
}

/// A secret as it stands in a query.
fn encoded(secret: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"*-._".contains(byte);
    let encode = |byte| if is_plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    secret.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown_and_not_taken_from_servers() {
        let token = Token::new("s3cr=t").unwrap();
        let request = Request::get("https://example.org/x".parse().unwrap());
        let request = request.secret_query("api_key", &token).with_secret("x-api-key", &token);
        assert!(!format!("{request:?}").contains("s3cr"));
        assert_eq!(request.censor("no s3cr=t, ?api_key=s3cr%3Dt"), "no ***, ?api_key=***");
        for (target, expected) in [
            ("/y?api_key=s3cr%3Dt", "/y"),
            ("/y?a=1&api_key=s3cr%3Dt&b=2#c?api_key=1", "/y?a=1&b=2#c?api_key=1"),
            ("/y?a=1", "/y?a=1"),
            ("/y#z", "/y#z"),
        ] {
            assert_eq!(request.without_secrets(target), expected);
        }
        assert!(request.has_header("X-API-Key") && !request.has_header("api_key"));
    }
}
