use sha2::{Digest as _, Sha256};

/// A secret that a host wants to see. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a secret, without the blanks around it; `None` if there is nothing else.
    #[must_use]
    pub fn new(secret: &str) -> Option<Self> {
        let secret = secret.trim();
        (!secret.is_empty()).then(|| Self(secret.to_owned()))
    }

    /// The same as the header `Authorization` wants it ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    #[must_use]
    pub fn bearer(&self) -> Self {
        Self(format!("Bearer {}", self.0))
    }

    /// Whether a text is the secret. The time that it takes tells nothing of it: digests are compared.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        Sha256::digest(text) == Sha256::digest(&self.0)
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}
