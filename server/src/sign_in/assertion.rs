//! Client assertions (`private_key_jwt`): a token that Plein signs, by which the provider knows it (RFC 7523; OpenID Connect
//! Core, section 9). The crate `openidconnect` has none.

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use plein_domain::moment::Moment;
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{fmt, sync::Arc};

/// How long an assertion holds, in seconds. It is used at once.
const HOLDS: i64 = 60;

/// How an assertion is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, PKCS #1.
    Rs256,
    /// RSA, PSS.
    Ps256,
    /// ECDSA on P-256.
    Es256,
}

impl Algorithm {
    const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

/// The private key of this installation at its provider.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<Pair>,
    algorithm: Algorithm,
    id: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, {}, ..)", self.algorithm.name(), self.id)
    }
}

impl SigningKey {
    /// Reads it from PEM. Without an algorithm: PS256 for RSA, ES256 for P-256. Without an id: a hash of its public half.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow on its name.
    pub fn from_pem(pem: &str, algorithm: Option<Algorithm>, id: Option<String>) -> Result<Self, &'static str> {
        if pem.contains("ENCRYPTED") {
            return Err("holds a key with a password on it, which nobody could type at the start");
        }
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| "holds no private key in PEM")?;
        let pair = pair(&key)?;
        let algorithm = match (&pair, algorithm) {
            (Pair::Rsa(_), None) => Algorithm::Ps256,
            (Pair::P256(_), None) => Algorithm::Es256,
            (Pair::Rsa(_), Some(Algorithm::Es256)) => return Err("holds an RSA key, and key_algorithm is ES256"),
            (Pair::P256(_), Some(Algorithm::Rs256 | Algorithm::Ps256)) => {
                return Err("holds an EC key, and key_algorithm is for RSA");
            }
            (_, Some(algorithm)) => algorithm,
        };
        let public = match &pair {
            Pair::Rsa(pair) => pair.public_key().as_ref().to_vec(),
            Pair::P256(pair) => pair.public_key().as_ref().to_vec(),
        };
        let id = id.unwrap_or_else(|| URL_SAFE_NO_PAD.encode(&Sha256::digest(public)[..12]));
        Ok(Self { pair: Arc::new(pair), algorithm, id })
    }

    /// The public half as the key set that is given to the provider (RFC 7517).
    pub fn public(&self) -> serde_json::Value {
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (algorithm, id) = (self.algorithm.name(), &self.id);
        let key = match &*self.pair {
            Pair::Rsa(pair) => {
                let public = pair.public_key();
                let modulus = public.modulus().big_endian_without_leading_zero().to_vec();
                let exponent = public.exponent().big_endian_without_leading_zero().to_vec();
                json!({ "kty": "RSA", "n": encoded(&modulus), "e": encoded(&exponent), "alg": algorithm, "kid": id, "use": "sig" })
            }
            Pair::P256(pair) => {
                // Uncompressed: a byte 4, then both coordinates.
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y), "alg": algorithm, "kid": id, "use": "sig" })
            }
        };
        json!({ "keys": [key] })
    }

    /// An assertion of `client` for `audience`, with an id of its own.
    pub(super) fn assertion(
        &self,
        client: &str,
        audience: &str,
        now: Moment,
        id: &str,
    ) -> Result<String, &'static str> {
        let seconds = now.0.div_euclid(1_000_000);
        let header = json!({ "alg": self.algorithm.name(), "typ": "JWT", "kid": self.id });
        let claims = json!({
            "iss": client, "sub": client, "aud": audience, "jti": id, "iat": seconds, "exp": seconds + HOLDS,
        });
        let encoded = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature = self.sign(message.as_bytes())?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, &'static str> {
        let failed = |_| "the key does not sign";
        let random = SystemRandom::new();
        match &*self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                match self.algorithm {
                    Algorithm::Rs256 => pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature),
                    Algorithm::Ps256 | Algorithm::Es256 => pair.sign(&RSA_PSS_SHA256, &random, message, &mut signature),
                }
                .map_err(failed)?;
                Ok(signature)
            }
            Pair::P256(pair) => Ok(pair.sign(&random, message).map_err(failed)?.as_ref().to_vec()),
        }
    }
}

fn pair(key: &PrivateKeyDer<'_>) -> Result<Pair, &'static str> {
    const NO_KEY: &str = "holds a key that is neither RSA (2048 to 8192 bits) nor EC P-256";
    let rsa = match key {
        PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()).ok(),
        PrivateKeyDer::Pkcs8(key) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).ok(),
        _ => None,
    };
    if let Some(rsa) = rsa {
        return if rsa.public_modulus_len() >= 256 { Ok(Pair::Rsa(rsa)) } else { Err(NO_KEY) };
    }
    let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let ec = match key {
        PrivateKeyDer::Pkcs8(key) => EcdsaKeyPair::from_pkcs8(curve, key.secret_pkcs8_der()).ok(),
        PrivateKeyDer::Sec1(key) => EcdsaKeyPair::from_private_key_der(curve, key.secret_sec1_der()).ok(),
        _ => None,
    };
    ec.map(Pair::P256).ok_or(NO_KEY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::{
        encoding::{AsDer, Pkcs8V1Der},
        rsa::KeySize,
        signature::{
            ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey,
            VerificationAlgorithm,
        },
    };

    const NOW: Moment = Moment(1_795_435_200_000_000);

    fn pem(der: &[u8]) -> String {
        let text = base64::engine::general_purpose::STANDARD.encode(der);
        let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..(at + 64).min(text.len())]).collect();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
    }

    fn decoded(part: &str) -> serde_json::Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
    }

    fn holds(key: &SigningKey, public: &[u8], by: &'static dyn VerificationAlgorithm, name: &str) {
        let token = key.assertion("plein", "https://provider.example/token", NOW, "once").expect("an assertion");
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
        assert_eq!(decoded(header)["alg"], name);
        let claims = decoded(claims);
        assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some("plein"), Some("plein")));
        assert_eq!(claims["aud"], "https://provider.example/token");
        assert_eq!(claims["exp"].as_i64().unwrap_or_default() - claims["iat"].as_i64().unwrap_or_default(), 60);
        assert_eq!(claims["jti"], "once");
        let message = token.rsplit_once('.').map(|(message, _)| message).unwrap_or_default();
        let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        UnparsedPublicKey::new(by, public).verify(message.as_bytes(), &signature).expect("a signature that holds");
    }

    #[test]
    fn an_assertion_is_signed_as_it_says() {
        let rsa = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
        let der: Pkcs8V1Der<'_> = rsa.as_der().expect("its bytes");
        let text = pem(der.as_ref());
        let key = SigningKey::from_pem(&text, None, None).expect("a key");
        holds(&key, rsa.public_key().as_ref(), &RSA_PSS_2048_8192_SHA256, "PS256");
        let key = SigningKey::from_pem(&text, Some(Algorithm::Rs256), Some("mine".into())).expect("a key");
        holds(&key, rsa.public_key().as_ref(), &RSA_PKCS1_2048_8192_SHA256, "RS256");
        assert_eq!(key.public()["keys"][0]["kid"], "mine");

        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let der = ec.to_pkcs8v1().expect("its bytes");
        let key = SigningKey::from_pem(&pem(der.as_ref()), None, None).expect("a key");
        holds(&key, ec.public_key().as_ref(), &ECDSA_P256_SHA256_FIXED, "ES256");
        assert_eq!(key.public()["keys"][0]["crv"], "P-256");
        assert!(SigningKey::from_pem(&pem(der.as_ref()), Some(Algorithm::Rs256), None).is_err());
    }

    #[test]
    fn what_is_no_key_is_refused_and_no_key_shows_itself() {
        for text in ["", "secret", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            assert!(SigningKey::from_pem(text, None, None).is_err(), "{text}");
        }
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
        let der = ec.to_pkcs8v1().expect("its bytes");
        let key = SigningKey::from_pem(&pem(der.as_ref()), None, Some("k1".into())).expect("a key");
        assert_eq!(format!("{key:?}"), "SigningKey(ES256, k1, ..)");
    }
}
