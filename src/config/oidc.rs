//! `[oidc]`: the municipality's identity provider, and what its groups mean here.

use super::{
    reading::{Document, Found, Section, suggestion},
    secrets,
    server::Served,
};
use plein_domain::people::Role;
use plein_server::sign_in::{
    Algorithm, Audience, Authentication, ClaimNames, GroupMeans, PATIENCE, ProviderOptions, SigningKey, certificates,
};

pub fn read(document: &Document<'_>, served: Option<&Served>) -> Option<ProviderOptions> {
    let section = document.section("oidc");
    if !section.is_there() {
        section.missing("issuer", "add a part [oidc] with the municipality's identity provider");
        return None;
    }
    let issuer = issuer(&section);
    let client_id = section.need("client_id", "give the name under which Plein is known to the provider");
    let authentication = authentication(&section);
    let scopes = scopes(&section);
    let acr_values: Vec<String> = section.list("acr_values").into_iter().map(|found| found.value).collect();
    let authorities = authorities(&section);
    let userinfo = section.flag("userinfo");
    section.close_with(&["claims", "group"]);
    let claims = claims(document);
    let groups = groups(document, &section_place(document));
    Some(ProviderOptions {
        issuer: issuer?,
        client_id: client_id?.value,
        authentication: authentication?,
        scopes: scopes?,
        acr_values,
        authorities: authorities?,
        userinfo,
        claims,
        groups: groups?,
        public_url: served?.public_url.clone(),
        patience: PATIENCE,
    })
}

fn section_place(document: &Document<'_>) -> super::reading::At {
    document.section("oidc").place()
}

fn issuer(section: &Section<'_>) -> Option<String> {
    let remedy = "copy it from the \"issuer\" in the provider's .well-known/openid-configuration";
    let found = section.need("issuer", remedy)?;
    let wrong = |what: &str, remedy: &str| {
        section.wrong("issuer", &found.place, what, remedy);
        None
    };
    let Ok(url) = found.value.parse::<http::Uri>() else { return wrong("is no address", remedy) };
    if url.scheme_str() != Some("https") {
        let remedy = "give an address that begins with https://; for a certificate of your own authority, ca_file";
        return wrong("is reached without TLS: whoever stands between could sign in as anybody", remedy);
    }
    if url.query().is_some()
        || found.value.contains('#')
        || url.authority().is_none_or(|host| host.as_str().contains('@'))
    {
        return wrong("has more than a host and a path in it", remedy);
    }
    if let Some(short) = found.value.strip_suffix("/.well-known/openid-configuration") {
        return wrong("is the address of its description", &format!("write {short:?}"));
    }
    Some(found.value)
}

#[derive(Clone, Copy)]
enum Way {
    Key,
    Basic,
    Post,
}

fn authentication(section: &Section<'_>) -> Option<Authentication> {
    let words = [("private_key_jwt", Way::Key), ("client_secret_basic", Way::Basic), ("client_secret_post", Way::Post)];
    if !section.has("authentication") {
        section.missing(
            "authentication",
            "write private_key_jwt, or client_secret_basic where the provider can do no better",
        );
    }
    let way = section.one_of("authentication", &words);
    let algorithms = [("RS256", Algorithm::Rs256), ("PS256", Algorithm::Ps256), ("ES256", Algorithm::Es256)];
    let algorithm = section.one_of("key_algorithm", &algorithms);
    let audiences = [("token_endpoint", Audience::TokenEndpoint), ("issuer", Audience::Issuer)];
    let audience = section.one_of("assertion_audience", &audiences).unwrap_or(Audience::TokenEndpoint);
    let key_id = section.text("key_id").map(|found| found.value);
    let key = secrets::read(section, "key_file");
    let secret = secrets::read(section, "client_secret_file");
    match way? {
        Way::Key => {
            if section.has("client_secret_file") {
                section.wrong(
                    "client_secret_file",
                    &section.place(),
                    "is not used with private_key_jwt",
                    "remove the line",
                );
            }
            if !section.has("key_file") {
                section.missing("key_file", "give the file of the private key (PEM); openssl genpkey makes one");
            }
            let Found { value, place } = key?;
            match SigningKey::from_pem(value.reveal(), algorithm, key_id) {
                Ok(key) => Some(Authentication::PrivateKey(key, audience)),
                Err(why) => {
                    let remedy = "give a private key in PEM (RSA of 2048 bits or more, or EC P-256) without a password";
                    section.wrong("key_file", &place, why, remedy);
                    None
                }
            }
        }
        way => {
            if section.has("key_file") {
                section.wrong(
                    "key_file",
                    &section.place(),
                    "is used with private_key_jwt only",
                    "remove the line, or use that",
                );
            }
            if !section.has("client_secret_file") {
                section.missing("client_secret_file", "give the file with the secret that the provider made");
            }
            let secret = secret?.value;
            Some(if matches!(way, Way::Basic) { Authentication::Basic(secret) } else { Authentication::Post(secret) })
        }
    }
}

fn scopes(section: &Section<'_>) -> Option<Vec<String>> {
    if !section.has("scopes") {
        return Some(vec!["openid".into(), "profile".into()]);
    }
    let found = section.list("scopes");
    let place = found.first().map_or_else(|| section.place(), |one| one.place.clone());
    if !found.iter().any(|one| one.value == "openid") {
        section.wrong("scopes", &place, "has no \"openid\", without which nobody signs in", "add it");
        return None;
    }
    if found.iter().any(|one| one.value.contains(char::is_whitespace) || one.value == "offline_access") {
        let remedy = "give each scope for itself; Plein keeps no access to the provider, so leave out offline_access";
        section.wrong("scopes", &place, "has a scope in it that is none, or is not needed", remedy);
        return None;
    }
    Some(found.into_iter().map(|one| one.value).collect())
}

/// Certificates of an authority of one's own, in PEM.
pub(super) fn authorities(section: &Section<'_>) -> Option<Vec<Vec<u8>>> {
    if !section.has("ca_file") {
        return Some(Vec::new());
    }
    let found = section.path("ca_file")?;
    let shown = found.value.display();
    let read = std::fs::read(&found.value).map_err(|error| format!("{shown} cannot be read: {error}"));
    match read.and_then(|pem| certificates(&pem).map_err(|why| format!("{shown} {why}"))) {
        Ok(certificates) => Some(certificates),
        Err(what) => {
            section.wrong("ca_file", &found.place, &what, "give the certificate of the authority in PEM");
            None
        }
    }
}

fn claims(document: &Document<'_>) -> ClaimNames {
    let section = document.section("oidc.claims");
    let usual = ClaimNames::default();
    let named = |key, usual| section.text(key).map_or(usual, |found| found.value);
    let names = ClaimNames {
        subject: named("subject", usual.subject),
        name: named("name", usual.name),
        groups: named("groups", usual.groups),
    };
    section.close();
    names
}

fn groups(document: &Document<'_>, place: &super::reading::At) -> Option<Vec<GroupMeans>> {
    let mut groups: Vec<GroupMeans> = Vec::new();
    let sections = document.sections("oidc.group");
    if sections.is_empty() {
        let outer = document.section("oidc");
        let remedy = "add a part [[oidc.group]] with group, department and roles for each; nobody gets in without";
        outer.wrong("group", place, "is missing: no group of the provider means anything here", remedy);
        return None;
    }
    let mut right = true;
    for section in sections {
        let group = section.need("group", "give the group as the provider names it in its tokens");
        let department = section.text("department").map(|found| found.value);
        let given = section.list("roles");
        let mut roles = Vec::new();
        for found in &given {
            match Role::from_code(&found.value) {
                Some(role) => roles.push(role),
                None => {
                    let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
                    let what = format!("has {:?} in it, which is no role", found.value);
                    section.wrong("roles", &found.place, &what, &suggestion(&found.value, &known));
                    right = false;
                }
            }
        }
        if department.is_none() && given.is_empty() {
            section.missing("department", "give a department, or roles, or both: the group means nothing yet");
            right = false;
        }
        if roles.contains(&Role::Fg) && roles.len() > 1 {
            let place = given.first().map_or_else(|| section.place(), |found| found.place.clone());
            let remedy = "give the data protection officer no other role (GDPR art. 38(6))";
            section.wrong("roles", &place, "makes somebody FG and something else", remedy);
            right = false;
        }
        if let Some(group) = group {
            if groups.iter().any(|one| one.group == group.value) {
                let what = format!("{:?} is explained twice", group.value);
                section.wrong("group", &group.place, &what, "put both together into one part");
                right = false;
            }
            groups.push(GroupMeans { group: group.value, department, roles });
        } else {
            right = false;
        }
        section.close();
    }
    right.then_some(groups)
}
