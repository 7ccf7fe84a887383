//! argon2id with the parameters that OWASP recommends (19 MiB, 2 passes, 1 lane), computed on a
//! blocking thread so that a sign-in does not hold up other requests.

use std::sync::LazyLock;

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kehu_core::Locale;

use crate::error::Error;
use crate::t;

/// A hash that belongs to nobody, to spend time on.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    SaltString::encode_b64(b"nobody's salt")
        .and_then(|salt| Ok(Argon2::default().hash_password(b"nobody", &salt)?.to_string()))
        .unwrap_or_default()
});

/// Shortest password accepted, in characters.
pub const SHORTEST: usize = 8;

/// A hash in PHC string form.
pub async fn hash(password: String) -> Result<String, Error> {
    blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|e| Error::Broken(format!("hashing a password: {e}")))
    })
    .await?
}

/// Whether the password belongs to the hash. Without a hash the same work is done in vain, so
/// that an unknown login takes as long as a known one.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    blocking(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.clone());
        let matches = PasswordHash::new(&text)
            .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
        known && matches
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Broken(e.to_string()))
}

/// Why a password is refused: a code for programs, and the sentence.
pub type Weakness = (&'static str, fn(Locale) -> String);

/// What is wrong with a new password, if anything is.
pub fn check_strength(password: &str, login: &str) -> Option<Weakness> {
    if password.chars().count() < SHORTEST {
        return Some(("too_short", |l| t::sign_in::password_too_short(l, SHORTEST)));
    }
    if password.chars().count() > 200 {
        return Some(("too_long", |l| t::sign_in::password_too_long(l).to_owned()));
    }
    if password.to_lowercase().contains(&login.to_lowercase()) {
        return Some(("contains_login", |l| t::sign_in::password_contains_login(l).to_owned()));
    }
    None
}

/// Letters and digits that cannot be mistaken for one another when read out or copied by hand.
const CLEAR: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// A password of 60 bits for somebody who will change it, in groups of four.
pub fn random_password() -> Result<String, Error> {
    use rand::TryRngCore as _;
    let mut password = String::new();
    while password.len() < 14 {
        let mut byte = [0_u8];
        rand::rngs::OsRng
            .try_fill_bytes(&mut byte)
            .map_err(|e| Error::Broken(format!("the system gives no randomness: {e}")))?;
        // 31 characters: what does not fit is drawn again, so that all are equally likely.
        if let Some(letter) = CLEAR.get(usize::from(byte[0] >> 3)) {
            if password.len() % 5 == 4 {
                password.push('-');
            }
            password.push(char::from(*letter));
        }
    }
    Ok(password)
}
