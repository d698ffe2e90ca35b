//! What is wrong with a configuration is told, all of it, where it stands and with what to do.

use super::{Config, reading::Problem};
use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::PathBuf};

/// A folder of this test's own, with what a configuration refers to.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("plein-config-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let place = Self(folder);
        place.secret("client-secret", "a-secret-of-the-client");
        place
    }

    fn secret(&self, name: &str, text: &str) {
        let file = self.0.join(name);
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions");
    }

    fn read(&self, text: &str, variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let file = self.0.join("plein.toml");
        fs::write(&file, text).expect("a file");
        let variables: BTreeMap<String, String> =
            variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let told = |problems: Vec<Problem>| {
            let name = std::path::Path::new("plein.toml");
            problems.iter().map(|one| one.told(name)).collect::<Vec<_>>()
        };
        Config::of(&file, &variables).map_err(told)
    }

    fn problems(&self, text: &str) -> Vec<String> {
        self.read(text, &[]).expect_err("a configuration with something wrong")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const GOOD: &str = r#"[server]
listen = "127.0.0.1:8080"
public_url = "https://plein.voorbeeld.nl"
trusted_proxies = ["127.0.0.1", "10.0.0.0/24"]

[installation]
municipality = "Gemeente Voorbeeld"
privacy_email = "privacy@voorbeeld.nl"
fg_email = "fg@voorbeeld.nl"

[data]
folder = "data"
master_key_file = "master.key"

[oidc]
issuer = "https://aanmelden.voorbeeld.nl/realms/gemeente"
client_id = "plein"
authentication = "client_secret_basic"
client_secret_file = "client-secret"

[oidc.claims]
groups = "realm_access.roles"

[[oidc.group]]
group = "LIP-Vergunningen"
department = "Vergunningen"
roles = ["member"]

[[oidc.group]]
group = "LIP-Regie"
roles = ["coordinator"]
"#;

/// The good one with one piece in another way.
fn with(old: &str, new: &str) -> String {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1)
}

#[test]
fn a_good_configuration_is_read_and_shows_no_secret() {
    let place = Place::new("good");
    let config = place.read(GOOD, &[]).expect("nothing wrong");
    assert_eq!(config.provider.claims.groups, "realm_access.roles");
    assert_eq!(config.provider.groups.len(), 2);
    assert_eq!(config.served.public_url, "https://plein.voorbeeld.nl");
    assert_eq!((config.installation.sessions.idle, config.installation.sessions.fresh), (1800, 600));
    assert_eq!(config.kept.folder, place.0.join("data"), "a path begins at the folder of the file");
    assert!(config.served.proxies.trusts("10.0.0.99".parse().expect("an address")));
    assert_eq!(config.limits.requests, plein_server::edge::Limits::default());
    let shown = format!("{config:?}");
    assert!(!shown.contains("a-secret-of-the-client") && shown.contains("Secret(..)"), "{shown}");
}

#[test]
fn a_variable_overrules_the_file_and_one_that_is_misspelled_is_told() {
    let place = Place::new("variables");
    place.secret("other-secret", "another");
    let variables = [
        ("PLEIN_OIDC_CLIENT_SECRET_FILE", "other-secret"),
        ("PLEIN_SESSIONS_IDLE_MINUTES", "20"),
        ("PLEIN_SESSIONS_FRESH_MINUTES", "3"),
    ];
    let config = place.read(GOOD, &variables).expect("nothing wrong");
    assert_eq!((config.installation.sessions.idle, config.installation.sessions.fresh), (1200, 180));
    // Variables of other commands are none of its business.
    assert!(place.read(GOOD, &[("PLEIN_DEMO_POSTGRES", "x"), ("PLEIN_ASSETS", "y")]).is_ok());
    let problems = place.read(GOOD, &[("PLEIN_OIDC_CLIENTID", "x"), ("PLEIN_SESSIONS_IDLE_MINUTES", "soon")]);
    let problems = problems.expect_err("two misspelled").join("\n");
    assert!(
        problems.contains("PLEIN_OIDC_CLIENTID: it overrules nothing; did you mean PLEIN_OIDC_CLIENT_ID?"),
        "{problems}"
    );
    assert!(problems.contains("PLEIN_SESSIONS_IDLE_MINUTES: sessions.idle_minutes"), "{problems}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_where_it_stands() {
    let place = Place::new("all");
    let text = r#"[server]
listen = "8080"
publicurl = "https://plein.voorbeeld.nl"

[oidc]
issuer = "http://aanmelden.voorbeeld.nl"
client_id = 7
authentication = "private_key"
scopes = ["profile"]

[[oidc.group]]
group = "LIP"
roles = ["membr", "fg"]

[oicd]
"#;
    let problems = place.problems(text);
    let wanted = [
        ("plein.toml:1:", "server.public_url is missing"),
        ("plein.toml:2:10:", "server.listen is no address with a port; give address and port"),
        ("plein.toml:3:1:", "server.publicurl is not known; did you mean public_url?"),
        ("plein.toml:6:10:", "oidc.issuer is reached without TLS"),
        ("plein.toml:7:13:", "oidc.client_id is a whole number instead of a text; put it between double quotes"),
        ("plein.toml:8:18:", "did you mean private_key_jwt?"),
        ("plein.toml:9:11:", "has no \"openid\""),
        ("plein.toml:13:10:", "has \"membr\" in it, which is no role; did you mean member?"),
        ("plein.toml:15:", "\"oicd\" is not known here; did you mean oidc?"),
        ("plein.toml: ", "installation.municipality is missing"),
        ("plein.toml: ", "data.folder is missing"),
        ("plein.toml: ", "data.master_key_file is missing"),
    ];
    for (begin, what) in wanted {
        assert!(
            problems.iter().any(|one| one.starts_with(begin) && one.contains(what)),
            "{begin} {what}\n{problems:#?}"
        );
    }
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let place = Place::new("toml");
    let problems = place.problems(&with("client_id = \"plein\"", "client_id = \"plein"));
    assert!(problems.iter().any(|one| one.starts_with("plein.toml:17:") && one.contains("no TOML")), "{problems:#?}");
}

#[test]
fn an_issuer_without_tls_is_refused_on_this_machine_too() {
    let place = Place::new("issuer");
    let issuer = "https://aanmelden.voorbeeld.nl/realms/gemeente";
    for bad in
        ["http://localhost:9000", "http://127.0.0.1", "aanmelden.voorbeeld.nl", "https://a.nl/?x=1", "https://a:b@c.nl"]
    {
        let problems = place.problems(&with(issuer, bad));
        assert!(problems.iter().any(|one| one.contains("oidc.issuer")), "{bad}: {problems:#?}");
    }
    let problems = place.problems(&with(issuer, "https://a.nl/.well-known/openid-configuration"));
    assert!(problems[0].ends_with("write \"https://a.nl\""), "{problems:#?}");
}

#[test]
fn people_reach_it_over_tls_unless_it_is_on_their_own_machine() {
    let place = Place::new("public");
    for good in ["http://localhost:8080", "http://127.0.0.1", "https://plein.nl:8443/"] {
        assert!(place.read(&with("https://plein.voorbeeld.nl", good), &[]).is_ok(), "{good}");
    }
    for bad in ["http://plein.voorbeeld.nl", "http://localhost.voorbeeld.nl", "https://plein.nl/pad", "plein.nl"] {
        let problems = place.problems(&with("https://plein.voorbeeld.nl", bad));
        assert!(problems.iter().any(|one| one.contains("server.public_url")), "{bad}: {problems:#?}");
    }
}

#[test]
fn a_secret_that_others_can_read_or_that_is_not_there_is_refused_without_being_told() {
    let place = Place::new("secret");
    let file = place.0.join("client-secret");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    let problems = place.problems(GOOD).join("\n");
    assert!(problems.contains("plein.toml:19:22:") && problems.contains("run chmod 600"), "{problems}");
    assert!(!problems.contains("a-secret-of-the-client"));
    fs::remove_file(&file).expect("removed");
    let problems = place.problems(GOOD).join("\n");
    assert!(problems.contains("cannot be read"), "{problems}");
}

#[test]
fn an_unreadable_key_and_a_key_that_is_none_are_told() {
    let place = Place::new("key");
    let text = with(
        "\"client_secret_basic\"\nclient_secret_file = \"client-secret\"",
        "\"private_key_jwt\"\nkey_file = \"key.pem\"",
    );
    assert!(place.problems(&text).join("\n").contains("key.pem cannot be read"));
    place.secret("key.pem", "-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n");
    let problems = place.problems(&text).join("\n");
    assert!(problems.contains("oidc.key_file holds no private key") || problems.contains("neither RSA"), "{problems}");
    assert!(!problems.contains("bm9uZQ"));
}

#[test]
fn a_folder_with_a_demonstration_in_it_is_no_data_folder() {
    let place = Place::new("demo");
    fs::create_dir_all(place.0.join("data")).expect("a folder");
    fs::write(place.0.join("data").join(crate::demo::MARK), "complete\n").expect("a mark");
    let problems = place.problems(GOOD).join("\n");
    assert!(problems.contains("data.folder") && problems.contains("holds a demonstration"), "{problems}");
}

#[test]
fn the_two_databases_of_postgresql_are_given_together_and_are_not_one() {
    let place = Place::new("postgres");
    place.secret("content-url", "postgres://a:geheim@localhost/plein\n");
    place.secret("keyring-url", "mysql://localhost");
    let more = |lines: &str| with("master_key_file", &format!("{lines}\nmaster_key_file"));
    let problems = place.problems(&more("postgres_url_file = \"content-url\"")).join("\n");
    assert!(problems.contains("data.keyring_postgres_url_file is missing"), "{problems}");
    let both = more("postgres_url_file = \"content-url\"\nkeyring_postgres_url_file = \"keyring-url\"");
    assert!(place.problems(&both).join("\n").contains("does not hold the address of a database"));
    place.secret("keyring-url", "postgres://a:geheim@localhost/plein");
    assert!(place.problems(&both).join("\n").contains("is the same database"));
    place.secret("keyring-url", "postgres://a:geheim@localhost/keyring");
    let config = place.read(&both, &[]).expect("nothing wrong");
    assert!(!format!("{config:?}").contains("geheim"));
}

#[test]
fn witnesses_are_files_addresses_and_mailboxes() {
    let place = Place::new("witnesses");
    let with_ledger = |ledger: &str| with("[oidc]\n", &format!("[ledger]\n{ledger}\n[oidc]\n"));
    let mail = "mail_server = \"smtp://mail.voorbeeld.nl\"\nmail_from = \"plein@voorbeeld.nl\"\n";
    let config = place.read(
        &with_ledger(&format!(
            "witness_files = [\"/mnt/archief/checkpoints\"]\nwitness_urls = [\"http://witness.plein.test/\", \"https://witness.voorbeeld.nl/\"]\n\
             witness_mails = [\"fg@voorbeeld.nl\"]\n{mail}"
        )),
        &[],
    );
    assert_eq!(config.expect("right").kept.witnesses.len(), 4);
    for (ledger, told) in [
        ("witness_files = [\"checkpoints\"]".to_owned(), "is no whole path; begin it with a slash"),
        ("witness_urls = [\"https://a:b@w.voorbeeld.nl/\"]".to_owned(), "without a password in it"),
        ("ca_file = \"/nowhere/ca.pem\"".to_owned(), "give the certificate of the authority in PEM"),
        ("witness_mails = [\"fg@voorbeeld.nl\"]".to_owned(), "needs mail_server and mail_from besides"),
        (format!("witness_mails = [\"nobody\"]\n{mail}"), "a mail address is name@example.org"),
    ] {
        let problems = place.problems(&with_ledger(&ledger));
        assert!(problems.len() == 1 && problems[0].contains(told), "{told}\n{problems:#?}");
    }
}

#[test]
fn postgresql_on_another_machine_proves_who_it_is_over_tls() {
    let place = Place::new("postgres-tls");
    let both = "postgres_url_file = \"content-url\"\nkeyring_postgres_url_file = \"keyring-url\"";
    let both = with("[data]\n", &format!("[data]\n{both}\n"));
    place.secret("keyring-url", "postgres://a:geheim@localhost/keyring");
    for open in
        ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca", "?sslmode=verify-full&ssl-mode=disable"]
    {
        place.secret("content-url", &format!("postgres://a:geheim@db.voorbeeld.nl/plein{open}"));
        let problems = place.problems(&both);
        assert!(problems.len() == 1 && problems[0].contains("sslmode=verify-full"), "{open}: {problems:#?}");
        assert!(!problems[0].contains("geheim"));
    }
    place.secret("content-url", "postgres://a:geheim@localhost/plein?host=db.voorbeeld.nl");
    assert_eq!(place.problems(&both).len(), 1, "where it leads to counts, not what stands first");
    place.secret("content-url", "postgres://a:geheim@localhost/plein?hostaddr=10.1.2.3");
    assert_eq!(place.problems(&both).len(), 1);
    // What one reader of addresses does not take, another one does.
    place.secret("content-url", "postgres://a:ge^h|eim@db.voorbeeld.nl/plein");
    assert_eq!(place.problems(&both).len(), 1);
    for private in ["db.voorbeeld.nl/plein?sslmode=verify-full", "localhost/plein", "%2Frun%2Fpostgresql/plein"] {
        place.secret("content-url", &format!("postgres://a:geheim@{private}"));
        assert!(place.read(&both, &[]).is_ok(), "{private}");
    }
}

#[test]
fn a_data_folder_that_others_can_look_into_is_refused() {
    let place = Place::new("open-folder");
    let folder = place.0.join("data");
    fs::create_dir(&folder).expect("a folder");
    let text = with("[oidc]\n", "[oidc]\n");
    for (mode, right) in [(0o755, false), (0o750, false), (0o700, true)] {
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("permissions");
        let read = place.read(&text, &[]);
        assert_eq!(read.is_ok(), right, "{mode:o}: {read:?}");
    }
}

#[test]
fn streams_need_a_folder_and_are_named_by_the_register() {
    let place = Place::new("streams");
    let with_streams = |streams: &str| with("[oidc]\n", &format!("[streams]\n{streams}\n[oidc]\n"));
    assert!(place.read(&with_streams(""), &[]).expect("right").streams.is_none());
    let folder = format!("folder = {:?}\n", std::env::temp_dir());
    let config = place.read(&with_streams(&format!("{folder}collector_url = \"https://c.voorbeeld.nl:4318\"")), &[]);
    let streams = config.expect("right").streams.expect("there");
    assert_eq!(streams.register.as_deref(), Some("https://plein.voorbeeld.nl/verwerkingsregister"));
    assert!(streams.collector.is_some());
    for (streams, told) in [
        ("folder = \"/nowhere/streams\"".to_owned(), "make the folder"),
        ("collector_url = \"https://c.voorbeeld.nl:4318\"".to_owned(), "give their folder besides"),
        (format!("{folder}collector_url = \"c.voorbeeld.nl\""), "is no address of a collector"),
    ] {
        let problems = place.problems(&with_streams(&streams));
        assert!(problems.len() == 1 && problems[0].contains(told), "{told}\n{problems:#?}");
    }
}

#[test]
fn groups_that_mean_nothing_or_too_much_are_told() {
    let place = Place::new("groups");
    for (old, new, what) in [
        ("roles = [\"coordinator\"]", "roles = [\"fg\", \"member\"]", "makes somebody FG and something else"),
        ("roles = [\"coordinator\"]", "", "the group means nothing yet"),
        ("LIP-Regie", "LIP-Vergunningen", "is explained twice"),
        ("group = \"LIP-Regie\"\n", "", "group of [[oidc.group]] is missing"),
        (
            "roles = [\"coordinator\"]",
            "role = [\"coordinator\"]",
            "role of [[oidc.group]] is not known; did you mean roles?",
        ),
    ] {
        let problems = place.problems(&with(old, new)).join("\n");
        assert!(problems.contains(what), "{what}\n{problems}");
    }
    let none = GOOD.split("[[oidc.group]]").next().expect("the beginning");
    assert!(place.problems(none).join("\n").contains("nobody gets in without"));
}

#[test]
fn limits_are_numbers_that_let_people_work_and_the_proxies_header_is_a_known_one() {
    let place = Place::new("limits");
    let limits = |lines: &str| with("[oidc]\n", &format!("[limits]\n{lines}\n[oidc]\n"));
    let text = limits("requests_per_person = 600\nplans = 50\nconnections_per_address = 40");
    let config = place.read(&text, &[("PLEIN_LIMITS_SIGN_INS_PER_ADDRESS", "30")]).expect("nothing wrong");
    let config = (config.limits.requests, config.limits.windows, config.limits.connections);
    assert_eq!((config.0.person.get(), config.0.sign_ins.get(), config.0.address.get()), (600, 30, 1_200));
    assert_eq!((config.1.all, config.2.per_address), (50, 40));
    let problems = place.problems(&limits("requests_per_person = 0\nplans = \"many\"\nrequests = 5")).join("\n");
    for told in [
        "limits.requests_per_person is not a number that makes sense here; give a number from 120",
        "limits.plans is a text instead of a whole number",
        "limits.requests is not known",
    ] {
        assert!(problems.contains(told), "{told}\n{problems}");
    }
    let header = |value: &str| with("trusted_proxies", &format!("proxy_header = \"{value}\"\ntrusted_proxies"));
    let config = place.read(&header("forwarded"), &[]).expect("nothing wrong");
    assert_eq!(config.served.proxies.header, plein_server::edge::ProxyHeader::Forwarded);
    assert!(place.problems(&header("x-forwarded-fro")).join("\n").contains("did you mean x-forwarded-for?"));
}

#[test]
fn a_file_that_is_named_without_a_folder_has_its_paths_in_the_one_of_the_moment() {
    let folder = |file: &'static str| super::folder_of(std::path::Path::new(file));
    assert!(folder("plein.toml").join("data").parent().is_some_and(std::path::Path::is_dir));
    assert_eq!(folder("/etc/plein/plein.toml"), std::path::Path::new("/etc/plein"));
}
