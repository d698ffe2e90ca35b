//! The program as its operator starts it: with a configuration, and never on what a demonstration filled.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

/// A folder of this test's own, with a configuration in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("plein-configured-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let place = Self(folder);
        place.secret("client-secret", "het-geheim-van-de-client");
        place.write(GOOD);
        place
    }

    fn write(&self, text: &str) {
        fs::write(self.0.join("plein.toml"), text).unwrap();
    }

    fn secret(&self, name: &str, text: &str) {
        let file = self.0.join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn command(&self, task: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plein"));
        command.arg(task).env("RUST_LOG", "info").env_remove("PLEIN_DEMO_POSTGRES");
        command
    }

    fn says(&self, task: &str) -> (Option<i32>, String) {
        told(self.command(task).arg("--config").arg(self.0.join("plein.toml")).output().unwrap())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn told(output: Output) -> (Option<i32>, String) {
    let both = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&both).into_owned())
}

/// A program that is ended with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

const GOOD: &str = r#"[server]
listen = "127.0.0.1:0"
public_url = "http://localhost:8080"

[installation]
municipality = "Gemeente Voorbeeld"
privacy_email = "privacy@voorbeeld.nl"
fg_email = "fg@voorbeeld.nl"

[data]
folder = "data"
master_key_file = "master.key"

[oidc]
issuer = "https://localhost:1"
client_id = "plein"
authentication = "client_secret_basic"
client_secret_file = "client-secret"

[[oidc.group]]
group = "LIP-Vergunningen"
department = "Vergunningen"
roles = ["member"]
"#;

#[test]
fn a_configuration_is_judged_before_it_is_used() {
    let place = Place::new("judged");
    let (code, said) = place.says("check-config");
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("Gemeente Voorbeeld") && said.contains("\"LIP-Vergunningen\": Vergunningen, member"),
        "{said}"
    );
    place.write(&GOOD.replace("client_id", "clientid").replace("https://localhost:1", "http://localhost:1"));
    for task in ["check-config", "serve"] {
        let (code, said) = place.says(task);
        assert_eq!(code, Some(1), "{said}");
        for wanted in [
            "plein.toml:16:1: oidc.clientid is not known; did you mean client_id?",
            "oidc.issuer is reached without TLS",
        ] {
            assert!(said.contains(wanted), "{wanted}\n{said}");
        }
        assert!(!said.contains("het-geheim"), "{said}");
    }
    assert!(!place.0.join("data").exists(), "nothing was begun");
    let (code, said) =
        told(place.command("check-config").arg("--config").arg(place.0.join("none.toml")).output().unwrap());
    assert!(code == Some(1) && said.contains("cannot be read"), "{said}");
    // A key of its own is told as the provider wants it.
    let (pem, _) = crate::sign_in::issuer::client_key();
    place.secret("key.pem", &pem);
    let by_key = "\"private_key_jwt\"\nkey_file = \"key.pem\"";
    place.write(&GOOD.replace("\"client_secret_basic\"\nclient_secret_file = \"client-secret\"", by_key));
    let (code, said) = place.says("check-config");
    assert!(code == Some(0) && said.contains("\"alg\":\"PS256\"") && !said.contains("BEGIN PRIVATE"), "{said}");
}

#[test]
fn a_municipality_is_served_without_anybody_to_choose_from_and_is_never_a_demonstration() {
    let place = Place::new("served");
    let data = place.0.join("data");
    let mut command = place.command("serve");
    command.arg("--config").arg(place.0.join("plein.toml")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address =
        line.split("listens at ").nth(1).unwrap_or_else(|| panic!("{line}")).split(',').next().unwrap().to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:8080\r\nX-Forwarded-For: 10.0.0.9\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    };
    let page = get("/aanmelden");
    assert!(page.contains("Aanmelden met uw werkaccount") && !page.contains("demo met verzonnen gegevens"), "{page}");
    // Behind TLS, for a year; and nobody is told which program this is.
    assert!(page.contains("\r\nstrict-transport-security: max-age=31536000"), "{page}");
    for banner in ["\r\nserver:", "\r\nx-powered-by:", env!("CARGO_PKG_VERSION"), "hyper", "axum"] {
        assert!(!page.to_lowercase().contains(banner), "{banner}: {page}");
    }
    // The provider is not there: no reason not to start, and told to who tries.
    assert!(get("/aanmelden/beginnen").contains("Het aanmeldsysteem van de gemeente antwoordt nu niet"));
    assert!(get("/readyz").starts_with("HTTP/1.1 200"));
    drop(running);
    for (file, most) in [("master.key", 0o600), ("data", 0o700)] {
        let mode = fs::metadata(place.0.join(file)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, most, "{file}");
    }
    // A demonstration takes no folder that is not its own, and no databases that are not, wherever they are.
    let demo = || told(place.command("demo").args(["--port", "0", "--small", "--data"]).arg(&data).output().unwrap());
    let (code, said) = demo();
    assert!(code == Some(1) && said.contains("does not carry the demo's mark"), "{said}");
    fs::copy(place.0.join("master.key"), data.join("master.key")).unwrap();
    fs::write(data.join("this-is-a-plein-demo"), "complete\n").unwrap();
    let (code, said) = demo();
    assert!(code == Some(1) && said.contains("a municipality's own"), "{said}");
    // And the other way round.
    let (code, said) = place.says("serve");
    assert!(code == Some(1) && said.contains("holds a demonstration"), "{said}");
}
